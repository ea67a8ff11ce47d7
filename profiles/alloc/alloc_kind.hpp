// Allocation profiles: who allocates, temporaries included, and what is still in use at the end.
//
// Types: alloc_objects, alloc_space, inuse_objects, inuse_space. Every sample stands for many
// allocations, without bias (alloc_file.hpp); with a period of 1 byte every allocation is counted.
// Labels: node (of a graph of the runtime), pid (if there were several processes), and category:
// "coroutine frame" where a coroutine was begun.
//
// Thread safety: as profiles/model/collector.hpp says.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "profiles/model/collector.hpp"
#include "profiles/preload/stack_reader.hpp"

namespace nevaperf::profiles {

inline constexpr std::int64_t scenario_alloc_bytes = 64 << 10;
inline constexpr std::int64_t command_alloc_bytes = 512 << 10;

// The library to preload.
inline constexpr const char* alloc_library = "libnevaperf_alloc.so";

[[nodiscard]] const profile_kind& alloc_kind();

using node_namer = std::function<std::string(std::uint64_t label)>;  // empty: no node
[[nodiscard]] profile make_alloc_profile(const std::vector<stack_process>& processes,
                                         const node_namer& node_of);

}  // namespace nevaperf::profiles
