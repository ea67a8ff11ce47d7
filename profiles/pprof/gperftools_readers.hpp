// Reads the three kinds of profile that gperftools writes. They hold addresses; the mapped files
// come with them, names do not.
//
// Thread safety: pure functions.
#pragma once

#include <string_view>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

// ProfilerStart's file: machine words (4 or 8 bytes, either byte order), then the memory map.
//   header:  0, 3, 0, PERIOD_US, 0
//   sample:  COUNT, DEPTH, ADDRESS * DEPTH      (leaf first, the leaf is exact)
//   end:     0, 1, 0
// https://gperftools.github.io/gperftools/cpuprofile-fileformat.html
// Types: samples/count and cpu/nanoseconds, COUNT times the period.
[[nodiscard]] bool is_cpu_profile(std::string_view bytes);
[[nodiscard]] base::result<profile> read_cpu_profile(std::string_view bytes);

// The text of HeapProfilerDump, MallocExtension::GetHeapSample and GetHeapGrowthStacks:
//   heap profile: OBJECTS: BYTES [ALLOCATED_OBJECTS: ALLOCATED_BYTES] @ KIND[/PERIOD_BYTES]
//     OBJECTS: BYTES [ALLOCATED_OBJECTS: ALLOCATED_BYTES] @ 0xADDRESS ...
//   MAPPED_LIBRARIES:
// KIND heap_v2 and heap are samples, one each PERIOD (for heap: half of it) bytes: a site with
// objects of n bytes on average was seen with probability 1 - exp(-n / PERIOD), and its numbers are
// divided by that. Other kinds (heapprofile, growthz) are exact. Types: inuse_objects/count and
// inuse_space/bytes, and before them alloc_objects and alloc_space if the file has them.
[[nodiscard]] bool is_heap_profile(std::string_view bytes);
[[nodiscard]] base::result<profile> read_heap_profile(std::string_view bytes);

// The text of contention and mutex profiles:
//   --- contentionz 1 ---          (or --- contention, --- mutex)
//   cycles/second = N              (optional settings, one a line)
//   sampling period = N
//     DELAY COUNT @ 0xADDRESS ...
//   --- Memory map: ---
// DELAY is in cycles, or in nanoseconds where cycles/second is not given; one wait in `sampling
// period` was kept. Types: contentions/count and delay/nanoseconds.
[[nodiscard]] bool is_contention_profile(std::string_view bytes);
[[nodiscard]] base::result<profile> read_contention_profile(std::string_view bytes);

}  // namespace nevaperf::profiles
