// One pair of worker processes, one of each build, that measure the same scenario in turns.
//
// Both are pinned to the same CPU and do the same number of iterations; the one that is not asked
// waits at its pipe. After a warm-up slice of each the slices are taken as A B B A, so that what
// rises or falls evenly meanwhile takes the same of both. The time of a side is the sum of its
// slices: over 20 000 simulated pairs with a load on one in five it scatters no more than the
// median of the slices' ratios, and without a load it scatters less (error_figures.md).
//
// Thread safety: owner only. Units: nanoseconds; times of an operation in seconds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/measure/worker_link.hpp"

namespace nevaperf::measure {

// What is measured on both sides.
struct paired_subject {
  std::string name;
  std::vector<std::string> old_command;  // argv of its worker
  std::vector<std::string> new_command;
  bool is_pinned = true;  // false: it runs several threads, which one CPU would change
};

// How every pair of a subject is measured.
struct slice_plan {
  std::uint64_t iterations = 1;
  bool is_long = false;  // one slice is long enough: A B, without warm-up
};

// How this pair is measured: by chance, so that chance alone decides who has which luck.
struct pair_chances {
  bool second_starts = false;                         // B A A B
  std::array<std::size_t, 2> padding_bytes = {0, 0};  // of the environments
  std::optional<int> cpu;
};

struct pair_times {
  std::array<double, 2> seconds = {0, 0};  // of an operation, in the order of the commands
};

struct pair_failure {
  std::size_t side = 0;
  worker_failure why;
};

using pair_result = std::variant<pair_times, pair_failure>;

// Finds the iterations of a slice of about `slice_ns` with a worker that is thrown away.
[[nodiscard]] worker_result<slice_plan> plan_slices(worker_world& world, const std::string& name,
                                                    const std::vector<std::string>& command,
                                                    const pair_chances& chances,
                                                    std::int64_t slice_ns);

// `commands`: the two sides, which may be the same.
[[nodiscard]] pair_result run_pair(worker_world& world, const std::string& name,
                                   const std::array<const std::vector<std::string>*, 2>& commands,
                                   const slice_plan& plan, const pair_chances& chances);

}  // namespace nevaperf::measure
