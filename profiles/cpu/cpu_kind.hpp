// CPU profiles: where processes spend their CPU time.
//
// Thread safety: as profiles/model/collector.hpp says.
#pragma once

#include "profiles/model/collector.hpp"

namespace nevaperf::profiles {

// The kernel checks thread timers at its own tick, which is seldom shorter: asking for more gives
// no more samples.
inline constexpr std::int64_t most_cpu_rate_hz = 250;
inline constexpr std::int64_t default_cpu_rate_hz = 100;

// The library to preload.
inline constexpr const char* cpu_library = "libnevaperf_cpu.so";

[[nodiscard]] const profile_kind& cpu_kind();

}  // namespace nevaperf::profiles
