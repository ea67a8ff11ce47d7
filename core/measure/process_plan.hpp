// How one scenario is measured: what its worker processes do, and how many more it needs.
//
// Thread safety: values; share nothing. Units: nanoseconds, seconds.
#pragma once

#include <cstdint>
#include <span>

namespace nevaperf::measure {

struct precision_goal {
  double precision = 0.02;  // half the width of the interval, divided by the median
  std::uint32_t least = 6;
  std::uint32_t most = 100;
};

// How many processes a scenario with these samples (one a process) probably needs in all. As many
// as it has: enough. Between `least` and `most`: the width of an interval shrinks with the square
// root of their number.
[[nodiscard]] std::uint32_t processes_needed(std::span<const double> samples,
                                             const precision_goal& goal);

// Slices of a process: as many as make `process_ns`, 1 to 8.
[[nodiscard]] std::uint32_t slices_of_process(std::int64_t slice_ns, std::int64_t process_ns);

// Iterations for counting allocations: the same in every run unless an operation is slow, so that
// counts can be compared exactly.
[[nodiscard]] std::uint64_t iterations_for_counting(std::uint64_t iterations_of_slice);

}  // namespace nevaperf::measure
