// Runs programs with a library preloaded, and looks at the files that are left.
//
// Thread safety: owner only.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/process.hpp"
#include "profiles/model/profile.hpp"

namespace nevaperf::tests {

using variables = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] base::process_output run_preloaded(const std::vector<std::string>& libraries,
                                                 const std::vector<std::string>& argv,
                                                 variables environment);

// The sums of the values of all samples that have a frame of that name, by type.
[[nodiscard]] std::map<std::string, double> values_under(const profiles::profile& named,
                                                         const std::string& function);

}  // namespace nevaperf::tests
