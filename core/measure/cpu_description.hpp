// The processors: model, clock, caches, how many of them this process may use.
//
// Thread safety: pure function over a file system.
#pragma once

#include "core/base/file.hpp"
#include "core/model/environment.hpp"

namespace nevaperf::measure {

// Fills in what /proc and /sys tell; the rest stays absent.
void describe_cpu(const base::file_system& files, model::environment& into);

}  // namespace nevaperf::measure
