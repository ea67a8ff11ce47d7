#include "core/measure/scenario.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::measure;

namespace {

scenario named(const char* name) {
  return {.name = name, .tags = {}, .description = "", .run = {}};
}

}  // namespace

TEST_CASE("a scenario is found by its whole name") {
  const std::vector<scenario> all = {named("hop"), named("hop/2")};
  REQUIRE(find_scenario(all, "hop/2") != nullptr);
  CHECK(find_scenario(all, "hop/2")->name == "hop/2");
  CHECK(find_scenario(all, "ho") == nullptr);
  CHECK(find_scenario({}, "hop") == nullptr);
}

TEST_CASE("a name that stands twice is found") {
  CHECK_FALSE(repeated_name(std::vector{named("a"), named("b")}));
  CHECK(repeated_name(std::vector{named("a"), named("b"), named("a")}) == "a");
}
