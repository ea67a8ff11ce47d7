// What the preloaded library of allocation profiles and its reader agree on; the file itself is
// profiles/preload/stack_file.hpp. No type here has code.
//
// A sampled allocation of n bytes stands for w = 1 / (1 - exp(-n / P)) of its kind, P: the mean
// distance of two samples in bytes. That weight is applied to each sample before it is added up,
// since it depends on n. Numbers are kept in 1/1024.
//
// Thread safety: constants.
#pragma once

#include <cstdint>

namespace nevaperf::profiles::alloc_file {

inline constexpr const char* magic = "nevaperf-mem-1";
inline constexpr double scale = 1024;
enum value : std::uint32_t { objects, space, live_objects, live_space, values };

// The environment of a profiled process.
inline constexpr const char* folder_variable = "NEVAPERF_ALLOC_FOLDER";
inline constexpr const char* period_variable = "NEVAPERF_ALLOC_BYTES";
inline constexpr const char* wait_variable = "NEVAPERF_ALLOC_WAIT";  // set: until told to start
inline constexpr const char* seed_variable = "NEVAPERF_ALLOC_SEED";  // the same samples each time

// What a process that has the library loaded finds in it (dlsym).
inline constexpr const char* start_function = "nevaperf_alloc_start";  // int (label_source)
inline constexpr const char* stop_function = "nevaperf_alloc_stop";    // void ()
using label_source = std::uint64_t (*)();
using start_call = int (*)(label_source);  // 0: there is no file, or no allocator with hooks
using stop_call = void (*)();

}  // namespace nevaperf::profiles::alloc_file
