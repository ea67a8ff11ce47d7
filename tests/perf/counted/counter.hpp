// Counts the allocations of this process: every way to get memory from C or C++ code of the
// program's own libraries.
//
// The linker sends their calls of malloc, calloc and realloc here (--wrap); operator new is
// replaced. What shared libraries allocate for themselves is not seen.
//
// Thread safety: none; the counted works run on one thread.
#pragma once

#include <cstdint>

namespace nevaperf::counted {

struct allocations {
  std::int64_t count = 0;
  std::int64_t bytes = 0;
};

allocations so_far();

}  // namespace nevaperf::counted
