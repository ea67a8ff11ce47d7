#include "core/model/run.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::model;

TEST_CASE("a scenario is found by its name") {
  run data;
  data.scenarios.resize(2);
  data.scenarios[0].name = "hop";
  data.scenarios[1].name = "pipeline/8";
  REQUIRE(find_scenario(data, "pipeline/8") == &data.scenarios[1]);
  CHECK(find_scenario(data, "pipeline") == nullptr);
}

TEST_CASE("every status has its own text and comes back from it") {
  for (const auto status : {scenario_status::ok, scenario_status::failed, scenario_status::crashed,
                            scenario_status::timed_out, scenario_status::skipped}) {
    CHECK(status_from_text(to_text(status)) == status);
  }
  CHECK_FALSE(status_from_text("fine"));
}

TEST_CASE("the list of environment fields misses none") {
  environment full;
  environment other;
  int fields = 0;
  for_each_field(full, other, [&](const char*, auto& field, auto&) {
    field.emplace();
    ++fields;
  });
  // Each std::optional<std::string> etc. that the visitor missed would still be empty; a struct of
  // all fields set equals one that was copied field by field.
  for_each_field(other, full, [](const char*, auto& to, const auto& from) { to = from; });
  CHECK(full == other);
  CHECK(fields == 18);
}
