#include <benchmark/benchmark.h>

#include "core/measure/slice_runner.hpp"
#include "playbook/scenarios/families.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;

namespace {

base::result<measure::slice> run(const std::string& ir_json) {
  const auto made = playbook::program_scenario("program/x", ir_json);
  REQUIRE(made);
  return measure::slice_runner(*made).run(2);
}

// `ref` gets the message of the start.
std::string started_with(const std::string& ref) {
  return R"({"funcs": [{"ref": ")" + ref + R"(", "io": {"in": ["a/in:data"]}}],)" +
         R"("connections": {"in:start": "a/in:data"}})";
}

}  // namespace

TEST_CASE("a program that stops is a scenario") {
  const auto got = run(R"({"connections": {"in:start": "out:stop"}})");
  REQUIRE(got);
  CHECK(got->iterations == 2);
  CHECK_FALSE(got->items.has_value());
}

TEST_CASE("broken IR is refused") {
  CHECK_FALSE(playbook::program_scenario("program/x", ""));
  CHECK_FALSE(playbook::program_scenario("program/x", R"({"connections": {"in:start": "b:x"}})"));
}

TEST_CASE("programs that end badly fail with the reason") {
  const auto panicked = run(started_with("panic"));
  REQUIRE_FALSE(panicked);
  CHECK(panicked.error().what == "the program panicked: {}");
  const auto deadlocked = run(started_with("del"));
  REQUIRE_FALSE(deadlocked);
  CHECK(deadlocked.error().what.find("deadlock") != std::string::npos);
}
