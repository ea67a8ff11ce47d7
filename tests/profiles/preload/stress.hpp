// What profiled programs do to their profiler: threads that come and go, exceptions, libraries that
// come and go, locks, forks.
#pragma once

namespace nevaperf::tests {

// Eight threads for a while. `part`: a library to load.
void stress(const char* part, int milliseconds);

}  // namespace nevaperf::tests
