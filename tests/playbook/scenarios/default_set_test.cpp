#include <benchmark/benchmark.h>

#include <map>

#include "core/measure/slice_runner.hpp"
#include "playbook/scenarios/families.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;

TEST_CASE("the default set has different names, tags and one-line descriptions") {
  const auto all = playbook::default_scenarios();
  CHECK_FALSE(measure::repeated_name(all));
  CHECK(all.size() == 14);
  for (const measure::scenario& one : all) {
    INFO(one.name);
    CHECK_FALSE(one.tags.empty());
    CHECK_FALSE(one.description.empty());
    CHECK(one.description.size() <= 100);
    CHECK(one.description.find('\n') == std::string::npos);
    CHECK(one.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_/0123456789") ==
          std::string::npos);
  }
}

TEST_CASE("every scenario of the default set runs, and hands over the messages that it says") {
  const std::map<std::string, double> messages_per_op = {
      {"hop", 1},       {"ping_pong", 2},          {"pipeline/8", 9},
      {"fan_in/16", 2}, {"fan_out/16", 17},        {"two_inputs", 3},
      {"select/2", 4},  {"struct_build_field", 5}, {"range_map_wait/100000", 200'006}};
  for (const measure::scenario& one : playbook::default_scenarios()) {
    if (!one.in_process) continue;  // it starts /proc/self/exe, which is this test
    INFO(one.name);
    constexpr std::uint64_t iterations = 3;
    const auto got = measure::slice_runner(one).run(iterations);
    REQUIRE(got);
    CHECK(got->iterations == iterations);
    const auto known = messages_per_op.find(one.name);
    CHECK(got->items.has_value() == (known != messages_per_op.end()));
    if (known != messages_per_op.end()) CHECK(*got->items == known->second * iterations);
  }
}
