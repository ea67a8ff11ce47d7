#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <map>

#include "core/measure/slice_runner.hpp"
#include "playbook/scenarios/families.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;

namespace {

bool has_tag(const measure::scenario& one, const std::string& tag) {
  return std::find(one.tags.begin(), one.tags.end(), tag) != one.tags.end();
}

bool is_tier(const std::string& tag) {
  constexpr std::array tiers = {"micro", "node", "graph", "program"};
  return std::find(tiers.begin(), tiers.end(), tag) != tiers.end();
}

std::size_t count_with(const std::vector<measure::scenario>& all,
                       const std::vector<std::string>& tags) {
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const auto& one) {
    return std::all_of(tags.begin(), tags.end(),
                       [&](const auto& tag) { return has_tag(one, tag); });
  }));
}

}  // namespace

TEST_CASE("scenarios have different names, and descriptions of one line") {
  const auto all = playbook::all_scenarios();
  CHECK_FALSE(measure::repeated_name(all));
  for (const measure::scenario& one : all) {
    INFO(one.name);
    CHECK_FALSE(one.description.empty());
    CHECK(one.description.size() <= 100);
    CHECK(one.description.find('\n') == std::string::npos);
    // Those of the Go suite are spelt as there.
    const std::string more = has_tag(one, playbook::go_tag) ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ=" : "";
    CHECK(one.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_/0123456789" + more) ==
          std::string::npos);
  }
}

TEST_CASE("every scenario has one tier, and is of the default set, the Go suite or a variant") {
  const auto all = playbook::all_scenarios();
  for (const measure::scenario& one : all) {
    INFO(one.name);
    REQUIRE_FALSE(one.tags.empty());
    CHECK(is_tier(one.tags.front()));
    CHECK(std::count_if(one.tags.begin(), one.tags.end(), is_tier) == 1);
    CHECK(has_tag(one, playbook::default_tag) + has_tag(one, playbook::go_tag) +
              has_tag(one, playbook::variant_tag) ==
          1);
  }
  CHECK(count_with(all, {"default"}) == 14);
  CHECK(count_with(all, {"go", "micro", "list"}) == 32);
  CHECK(count_with(all, {"go", "micro", "dict"}) == 28);
  CHECK(count_with(all, {"go", "micro"}) == 62);
  CHECK(count_with(all, {"go", "node"}) == 19);
  CHECK(count_with(all, {"variant"}) == 20);
}

TEST_CASE("every scenario runs, gives what it should, and hands over the messages that it says") {
  std::map<std::string, double> messages_per_op = {{"hop", 1},
                                                   {"ping_pong", 2},
                                                   {"pipeline/8", 9},
                                                   {"fan_in/16", 2},
                                                   {"fan_out/16", 17},
                                                   {"two_inputs", 3},
                                                   {"select/2", 4},
                                                   {"struct_build_field", 5},
                                                   {"range_map_wait/100000", 200'006},
                                                   {"ArrayInportSelectTwoSlots", 2},
                                                   {"IntIsLesserHotpath", 3},
                                                   {"NotEqHotpath", 3},
                                                   {"SelectHotpath", 4},
                                                   {"StructHotpath", 4},
                                                   {"TernaryElseHotpath", 4},
                                                   {"GetDictTypedInt", 3},
                                                   {"ListAtTypedInt", 3},
                                                   {"ListSliceHotpath", 4},
                                                   {"ListPrependHotpath", 3},
                                                   {"ListConcatHotpath", 3},
                                                   {"StringSliceHotpath", 4},
                                                   {"FileStdioHandles/stdin", 2},
                                                   {"FileStdioHandles/stdout", 2},
                                                   {"FileStdioHandles/stderr", 2}};
  for (const char* form : {"/tagged16", "/tagged48", "/boxed"})
    for (const char* work : {"hop", "hop_text"}) messages_per_op[std::string(work) + form] = 1;
  for (const char* who : {"/readiness", "/task_per_slot", "/pool"}) {
    for (const char* work : {"select_2", "select_16", "select_255"})
      messages_per_op[std::string(work) + who] = 1;
    messages_per_op[std::string("struct_3") + who] = 4;
  }
  for (const char* how : {"on", "off"})
    messages_per_op[std::string("wire_1000/pooling_") + how] = 1000;  // nodes
  for (const measure::scenario& one : playbook::all_scenarios()) {
    if (!one.in_process) continue;  // it starts /proc/self/exe, which is this test
    INFO(one.name);
    constexpr std::uint64_t iterations = 3;
    const auto got = measure::slice_runner(one).run(iterations);
    INFO((got ? "" : got.error().what));
    REQUIRE(got);
    CHECK(got->iterations == iterations);
    const auto known = messages_per_op.find(one.name);
    CHECK(got->items.has_value() == (known != messages_per_op.end()));
    if (known != messages_per_op.end()) CHECK(*got->items == known->second * iterations);
  }
}
