#include "core/store/baseline_store.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/example_run.hpp"
#include "tests/support/memory_files.hpp"

using namespace nevaperf;
using namespace nevaperf::store;

TEST_CASE("baselines are kept by name") {
  tests::memory_files files;
  baseline_store store(files, state_dir("s"));
  const model::run data = tests::example_run();
  REQUIRE(store.save("main", "2024-05-02T08:00:00Z", data));
  REQUIRE(store.save("v1", "2024-05-03T08:00:00Z", data));
  REQUIRE(store.save("main", "2024-05-04T08:00:00Z", data));
  CHECK(*store.names() == std::vector<std::string>{"main", "v1"});
  const auto loaded = store.load("main");
  REQUIRE(loaded);
  CHECK(loaded->saved == "2024-05-04T08:00:00Z");
  CHECK(loaded->run == data);
  REQUIRE(store.remove("main"));
  CHECK(*store.names() == std::vector<std::string>{"v1"});
}

TEST_CASE("an unknown baseline is an error that names the known ones") {
  tests::memory_files files;
  baseline_store store(files, state_dir("s"));
  CHECK(store.load("main").error().line() ==
        "s/baselines: no baseline 'main' (nevaperf bench --save main makes it)");
  REQUIRE(store.save("v1", "", tests::example_run()));
  REQUIRE(store.save("v2", "", tests::example_run()));
  CHECK(store.load("main").error().next == "there are: v1, v2");
  CHECK_FALSE(store.remove("main"));
  CHECK_FALSE(store.load("../v1"));
  CHECK_FALSE(store.save("a/b", "", tests::example_run()));
  files.files["s/baselines/v1.json"] = "{";
  CHECK(store.load("v1").error().where == "s/baselines/v1.json");
}
