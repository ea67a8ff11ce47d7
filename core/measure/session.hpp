// Measures scenarios: rounds of fresh worker processes in random order, until precise or out of
// time.
//
// A first process of each scenario finds the iterations of a slice and counts allocations; its
// times are not kept. If it is asked for, two more count instructions. Then every round starts one
// process for each scenario that needs more, in a new random order: a warm-up slice that is
// dropped, then some slices, of which the median is the sample, and a slice in which the use of the
// system is looked at. The process is the unit of inference, since the luck of a process
// (placement, pages, its CPU) does not average out inside it. A scenario that fails is not measured
// any more; the rest go on.
//
// Thread safety: owner only. Units: nanoseconds; precision as half the width of the 95% interval
// of the median time, divided by the median.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/measure/subject.hpp"
#include "core/measure/worker_link.hpp"
#include "core/model/progress.hpp"

namespace nevaperf::measure {

struct session_options {
  std::int64_t budget_ns =
      120'000'000'000;                // of the whole session; the first round is always whole
  double precision = 0.02;            // a scenario that has it is done
  std::uint32_t least_processes = 6;  // fewer have no 95% interval
  std::uint32_t most_processes = 100;
  std::int64_t slice_ns = 5'000'000;
  std::int64_t process_ns = 40'000'000;  // of slices in one process, if one is not longer by itself
  std::uint64_t seed = 0;                // of the order, the CPUs and the padding of environments
  std::vector<int> cpus;                 // each process is pinned to one of them; empty: not pinned
  // Count instructions too, with callgrind's files in this folder; empty: do not.
  std::string instructions_folder;
};

struct session_progress {
  std::string_view scenario;  // that is measured next
  std::uint64_t done = 0;     // processes
  std::uint64_t expected = 0;
  std::int64_t remaining_ns = 0;  // estimated
};

class session_observer {
 public:
  virtual ~session_observer() = default;
  virtual void about_to_run(const session_progress& now) = 0;
  // Called before the next process starts. After an error the session goes on.
  virtual base::result<void> finished(const model::process_result& result) = 0;
};

struct session_result {
  std::vector<model::process_result> processes;  // in the order of finishing
  bool interrupted = false;
  bool out_of_time = false;                 // some scenario got fewer processes than it needed
  std::optional<base::error> record_error;  // the first that the observer reported
};

// `earlier` are results of the same subjects from a run that was cut short; they count, and are not
// reported to the observer again.
[[nodiscard]] session_result run_session(std::span<const subject> subjects,
                                         const session_options& options, worker_world& world,
                                         session_observer& observer,
                                         std::vector<model::process_result> earlier = {});

}  // namespace nevaperf::measure
