// How this program was built.
//
// Thread safety: constant.
#pragma once

#include "core/model/environment.hpp"

namespace nevaperf::measure {

// Fills in compiler, build type, flags, sanitizers, allocator and commit.
void describe_build(model::environment& into);

}  // namespace nevaperf::measure
