// Runs a scenario for a fixed number of iterations through Google Benchmark.
//
// Thread safety: one runner a process, owner only: Google Benchmark keeps its list of benchmarks in
// globals. Units: seconds. Real time is the wall clock's (or what the scenario says, with
// manual_time), CPU time that of the whole process.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/base/error.hpp"
#include "core/measure/protocol.hpp"
#include "core/measure/scenario.hpp"

namespace nevaperf::measure {

class slice_runner {
 public:
  explicit slice_runner(const scenario& what);
  slice_runner(const slice_runner&) = delete;
  slice_runner& operator=(const slice_runner&) = delete;
  ~slice_runner();

  // The error is the scenario's own: SkipWithError, an exception, or no loop over its state.
  base::result<slice> run(std::uint64_t iterations);

  // The same, with `before` called right before the scenario's function and `after` right after.
  base::result<slice> run_watched(std::uint64_t iterations, const std::function<void()>& before,
                                  const std::function<void()>& after);

  [[nodiscard]] bool is_in_process() const { return in_process_; }

 private:
  struct registered;
  std::unique_ptr<registered> benchmark_;
  bool in_process_;
};

}  // namespace nevaperf::measure
