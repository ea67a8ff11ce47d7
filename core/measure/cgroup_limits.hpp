// What the control groups of this process allow it: a container's share of CPUs and memory.
//
// Version 2 (cpu.max, memory.max), version 1 (cpu.cfs_quota_us, memory.limit_in_bytes) and both
// side by side; the tightest limit on the way from the process's group to the root counts
// (Linux: Documentation/admin-guide/cgroup-v2.rst, cgroup-v1/memory.rst, scheduler/sched-bwc.rst).
//
// Thread safety: pure function over a file system. No limit is absent.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/file.hpp"

namespace nevaperf::measure {

struct cgroup_limits {
  std::optional<double> cpus;  // 1.5: one and a half CPUs' time in every period
  std::optional<std::uint64_t> memory_bytes;
};

[[nodiscard]] cgroup_limits read_cgroup_limits(const base::file_system& files);

}  // namespace nevaperf::measure
