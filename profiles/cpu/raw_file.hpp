// The file that a profiled process fills while it runs: shared memory, so that it is whole even if
// the process is killed.
//
//   raw_header, raw_module * most_modules, index (index_slots words of 4 bytes), records
//
// A record is one stack with one label and how often it was seen; it starts at a multiple of 8
// bytes. The index finds records by hash: a slot holds the place of a record in words of 8 bytes,
// 0: free; collisions go to the next slot. Everything is in the byte order of the machine: the two
// sides are one machine. No type here has code: the preloaded library links nothing of this tree.
//
// Thread safety: one writer at a time; readers when it has ended.
#pragma once

#include <cstdint>

namespace nevaperf::profiles::raw {

inline constexpr char magic[16] = "nevaperf-cpu-1\n";
inline constexpr std::uint32_t most_modules = 512;
inline constexpr std::uint32_t index_slots = 1U << 16U;
inline constexpr std::uint32_t most_records = index_slots / 4 * 3;
inline constexpr std::uint32_t most_depth = 192;
inline constexpr std::uint64_t file_bytes = std::uint64_t{16} << 20U;

// Times in nanoseconds: of the wall clock since 1970, of the monotonic clock, of the process's CPU.
struct raw_header {
  char magic[16];
  std::uint32_t pid;
  std::uint32_t rate_hz;  // asked of the timers; they may give less
  std::uint32_t modules;
  std::uint32_t records;
  std::uint32_t threads;   // that were watched, in all
  std::uint32_t is_ended;  // 1: stopped in order
  std::int64_t wall_start_ns;
  std::int64_t start_ns;
  std::int64_t last_ns;
  std::int64_t cpu_start_ns;
  std::int64_t cpu_last_ns;
  std::int64_t handler_ns;   // spent taking samples
  std::uint64_t samples;     // kept
  std::uint64_t lost;        // no room
  std::uint64_t used_bytes;  // of the file
  char program[256];
};

struct raw_module {
  std::uint64_t start;
  std::uint64_t limit;
  char path[240];  // ends with 0; empty: the program
};

struct raw_record {
  std::uint64_t hash;
  std::uint64_t count;  // of samples
  std::uint64_t ticks;  // of the timers: one that came late stands for several
  std::uint64_t label;
  std::uint64_t depth;
  // followed by `depth` addresses, leaf first; the leaf is exact, the others are return addresses
};

inline constexpr std::uint64_t index_at = sizeof(raw_header) + most_modules * sizeof(raw_module);
inline constexpr std::uint64_t records_at = index_at + index_slots * sizeof(std::uint32_t);
static_assert(index_at % 8 == 0 && records_at % 8 == 0);

// The environment of a profiled process.
inline constexpr const char* folder_variable = "NEVAPERF_CPU_FOLDER";
inline constexpr const char* wait_variable = "NEVAPERF_CPU_WAIT";  // set: until it is told to start

// What a process that has the library loaded finds in it (dlsym).
inline constexpr const char* start_function = "nevaperf_cpu_start";  // int (label_source)
inline constexpr const char* stop_function = "nevaperf_cpu_stop";    // void ()
using label_source = std::uint64_t (*)();  // called in a signal handler of the sampled thread
using start_call = int (*)(label_source);  // 0: there is no file
using stop_call = void (*)();

}  // namespace nevaperf::profiles::raw
