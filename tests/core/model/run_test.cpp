#include "core/model/run.hpp"

#include <set>

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
  environment copy;
  std::set<std::string> names;
  for_each_field(full, copy, [&](const char* name, auto& field, auto&) {
    field.emplace();
    names.insert(name);
  });
  for_each_field(copy, full, [](const char*, auto& to, const auto& from) { to = from; });
  CHECK(full == copy);
  // Does not compile when the struct has another number of fields than are listed.
  const auto& [f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19,
               f20, f21, f22, f23, f24, f25, f26, f27] = full;
  CHECK((f1 && f2 && f3 && f4 && f5 && f6 && f7 && f8 && f9 && f10 && f11 && f12 && f13 && f14 &&
         f15 && f16 && f17 && f18 && f19 && f20 && f21 && f22 && f23 && f24 && f25 && f26 && f27));
  CHECK(names.size() == 27);
}
