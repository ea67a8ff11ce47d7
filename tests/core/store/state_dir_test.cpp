#include "core/store/state_dir.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::store;

TEST_CASE("the option wins over the variable, the variable over the default") {
  CHECK(state_dir::resolve("here", "there").root() == "here");
  CHECK(state_dir::resolve(std::nullopt, "there").root() == "there");
  CHECK(state_dir::resolve("", "").root() == ".nevaperf");
  CHECK(state_dir::resolve(std::nullopt, nullptr).root() == ".nevaperf");
  CHECK(state_dir("x").run_file("id") == "x/runs/id.json");
  CHECK(state_dir("x").journal_file("id") == "x/runs/id.journal");
  CHECK(state_dir("x").baseline_file("main") == "x/baselines/main.json");
}

TEST_CASE("names that cannot be file names are refused") {
  for (const char* name : {"main", "v1.2.3", "a+b_c-d", "7"})
    CHECK(check_name(name, "baseline name"));
  for (const char* name : {"", ".", "..", ".hidden", "-x", "a/b", "a b", "../up", "ü", "a\n"}) {
    INFO(name);
    CHECK_FALSE(check_name(name, "baseline name"));
  }
  CHECK_FALSE(check_name(std::string(101, 'x'), "baseline name"));
  CHECK(check_name("a/b", "baseline name").error().what == "'a/b' cannot be a baseline name");
}
