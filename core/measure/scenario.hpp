// What can be measured inside a worker: an ordinary Google Benchmark function with a name.
//
// One iteration is one operation. A function that passes messages says how many in all with
// state.SetItemsProcessed: messages/s comes from it. SkipWithError, PauseTiming, KeepRunningBatch
// and (with `manual_time`) SetIterationTime work as in Google Benchmark. What a function does
// before and after its loop is not measured, neither as time nor as allocations.
//
// Thread safety: values; share nothing.
// Invariant of a list of scenarios: the names differ (repeated_name finds the fault).
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace benchmark {
class State;
}

namespace nevaperf::measure {

struct scenario {
  std::string name;               // "hop", "pipeline/8"
  std::vector<std::string> tags;  // "micro", "node", "graph", "program"
  std::string description;        // one line
  std::function<void(benchmark::State&)> run;
  bool manual_time = false;  // the function says with SetIterationTime how long it took
  bool in_process = true;    // false: other processes do the work; no CPU time, no allocations
};

[[nodiscard]] const scenario* find_scenario(std::span<const scenario> all, std::string_view name);

// A name that stands twice in the list.
[[nodiscard]] std::optional<std::string> repeated_name(std::span<const scenario> all);

}  // namespace nevaperf::measure
