// What the CPUs did since the machine started, to see what happened to them during a run.
//
// Source: proc(5), /proc/stat. Units: the kernel's ticks; only differences and their ratios mean
// something. Thread safety: pure functions over a file system.
#pragma once

#include <optional>
#include <vector>

#include "core/base/file.hpp"

namespace nevaperf::measure {

struct cpu_times {
  double busy = 0;    // user, nice, system, interrupts
  double stolen = 0;  // wanted to run, but the host ran something else
  double idle = 0;
};

// Summed over `cpus`; over all if it is empty. Nothing if the file does not tell.
[[nodiscard]] std::optional<cpu_times> read_cpu_times(const base::file_system& files,
                                                      const std::vector<int>& cpus);

// The share of the CPU time that was wanted between the two and not given, 0 to 1; nothing if
// nothing was wanted.
[[nodiscard]] std::optional<double> stolen_share(const std::optional<cpu_times>& before,
                                                 const std::optional<cpu_times>& after);

}  // namespace nevaperf::measure
