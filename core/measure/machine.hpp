// What this machine and this build are, for the record of a run.
//
// Thread safety: pure functions over a file system (/proc, /sys, /etc), but for usable_cpus, which
// asks the kernel.
#pragma once

#include <vector>

#include "core/base/file.hpp"
#include "core/model/environment.hpp"

namespace nevaperf::measure {

// What cannot be found out stays absent.
[[nodiscard]] model::environment describe_machine(const base::file_system& files);

// The CPUs that this process may use, ascending.
[[nodiscard]] std::vector<int> usable_cpus();

}  // namespace nevaperf::measure
