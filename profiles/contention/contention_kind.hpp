// Contention profiles: who waited for what, and who made them wait.
//
// Types: contentions and delay (of who waited), caused and caused_delay (of who made others wait),
// idle and idle_delay (waits for time, input or the end of the work: kept apart, so that they do
// not hide the rest).
//
// Of graphs of the runtime (wait_observer.hpp): the stack is the chain of nodes, who waited first,
// the one at the root of it last. Labels: node, port, reason, and cause.
// Of other programs (the preloaded library, wait_file.hpp): the stack of the thread that waited, or
// that held what others waited for. Labels: reason, and pid if there were several processes.
//
// Thread safety: as profiles/model/collector.hpp says.
#pragma once

#include <vector>

#include "profiles/model/collector.hpp"
#include "profiles/preload/stack_reader.hpp"

namespace nevaperf::profiles {

// Shorter waits of commands are kept with a smaller chance and then count for more.
inline constexpr std::int64_t command_wait_ns = 10'000;

// The library to preload.
inline constexpr const char* contention_library = "libnevaperf_contention.so";

[[nodiscard]] const profile_kind& contention_kind();

[[nodiscard]] profile make_thread_wait_profile(const std::vector<stack_process>& processes);

}  // namespace nevaperf::profiles
