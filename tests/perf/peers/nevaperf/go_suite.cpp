// The works that Neva's own Go suite has too: the scenarios of the playbook that carry its names.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/measure/slice_runner.hpp"
#include "playbook/scenarios/families.hpp"
#include "tests/perf/peers/nevaperf/groups.hpp"

namespace nevaperf::peers {

namespace {

std::int64_t nanoseconds(double seconds) {
  return static_cast<std::int64_t>(seconds * 1e9);
}

// Ends the process if the scenario fails: a time would mean nothing.
elapsed run(const measure::scenario& what, std::int64_t operations) {
  const auto got = measure::slice_runner(what).run(static_cast<std::uint64_t>(operations));
  if (!got) {
    std::fprintf(stderr, "error: %s: %s\n", what.name.c_str(), got.error().what.c_str());
    std::exit(2);
  }
  // What a scenario times itself has one time only.
  const double cpu =
      what.manual_time ? got->real_seconds : got->cpu_seconds.value_or(got->real_seconds);
  return {nanoseconds(cpu), nanoseconds(got->real_seconds)};
}

}  // namespace

std::span<const work> go_suite_works() {
  static const std::vector<measure::scenario> all = playbook::all_scenarios();
  static const std::vector<work> works = [] {
    std::vector<work> found;
    for (const measure::scenario& one : all) {
      if (std::find(one.tags.begin(), one.tags.end(), playbook::go_tag) == one.tags.end()) continue;
      found.push_back({one.name, [&one](std::int64_t n) { return run(one, n); }});
    }
    return found;
  }();
  return works;
}

}  // namespace nevaperf::peers
