// How many iterations make a slice of the wanted length: the next trial from the last one.
//
// Units: seconds. Thread safety: pure functions.
#pragma once

#include <cstdint>

namespace nevaperf::measure {

struct trial {
  std::uint64_t iterations = 1;
  double real_seconds = 0;  // as measured, may leave out paused stretches
  double wall_seconds = 0;  // that the session waited
};

struct calibration_step {
  std::uint64_t iterations = 1;
  bool done = false;  // `iterations` are those of a slice; else: try them next
};

// A slice lasts `target_seconds` of measured time but at most ten times that of waiting, so that a
// scenario that measures little of what it does cannot stretch a session. At least one iteration.
[[nodiscard]] calibration_step next_trial(const trial& last, double target_seconds);

}  // namespace nevaperf::measure
