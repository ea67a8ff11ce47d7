#include "core/measure/find_iterations.hpp"

#include "core/measure/calibration.hpp"

namespace nevaperf::measure {

worker_result<found_iterations> find_iterations(worker_link& worker, std::int64_t slice_ns) {
  calibration_step step;
  found_iterations out;
  while (!step.done) {
    auto got = worker.run(step.iterations);
    if (auto* failure = std::get_if<worker_failure>(&got)) return *failure;
    const auto& tried = std::get<worker_link::timed_slice>(got);
    step = next_trial({.iterations = tried.measured.iterations,
                       .real_seconds = tried.measured.real_seconds,
                       .wall_seconds = static_cast<double>(tried.wall_ns) * 1e-9},
                      static_cast<double>(slice_ns) * 1e-9);
    out.slice_ns = static_cast<std::int64_t>(static_cast<double>(tried.wall_ns) /
                                             static_cast<double>(tried.measured.iterations) *
                                             static_cast<double>(step.iterations));
  }
  out.iterations = step.iterations;
  return out;
}

}  // namespace nevaperf::measure
