// What this machine and this build are, for the record of a run, and what about them disturbs
// measurement.
//
// Thread safety: pure functions over a file system (/proc and /sys).
#pragma once

#include <vector>

#include "core/base/file.hpp"
#include "core/model/environment.hpp"
#include "core/model/warning.hpp"

namespace nevaperf::measure {

// What cannot be found out stays absent.
[[nodiscard]] model::environment describe_machine(const base::file_system& files);

// The CPUs that this process may use, ascending.
[[nodiscard]] std::vector<int> usable_cpus();

// Doubts about numbers that are measured in `where`, each with its next step.
[[nodiscard]] std::vector<model::warning> machine_doubts(const model::environment& where);

}  // namespace nevaperf::measure
