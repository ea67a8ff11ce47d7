// The file that a preloaded library fills with stacks while a program runs: shared memory, so that
// it is whole even if the program crashes, executes another or is killed.
//
//   file_header, file_module * most_modules, index (index_slots words of 4 bytes), records
//
// A record is one stack of one kind with one label, and `value_words` numbers about it, which are
// added to in place. It is there once the index refers to it: a slot holds the place of a record in
// words of 8 bytes, 0: free; collisions go to the next slot. Everything is in the byte order of the
// machine: the two sides are one machine. No type here has code: the libraries link nothing of this
// tree.
//
// Thread safety: the writers' business (stack_recorder.hpp); readers when they have ended.
#pragma once

#include <cstdint>

namespace nevaperf::profiles::stack_file {

inline constexpr std::uint32_t most_modules = 512;
inline constexpr std::uint32_t index_slots = 1U << 14U;
inline constexpr std::uint32_t most_records = index_slots / 4 * 3;
inline constexpr std::uint32_t most_depth = 128;
inline constexpr std::uint32_t most_value_words = 64;
inline constexpr std::uint64_t most_bytes = std::uint64_t{8} << 20U;
inline constexpr std::uint64_t step_bytes = std::uint64_t{256} << 10U;  // by which the file grows

// Times in nanoseconds: of the wall clock since 1970, of the monotonic clock.
struct file_header {
  char magic[16];
  std::uint32_t pid;
  std::uint32_t value_words;  // of each record
  std::uint32_t modules;
  std::uint32_t records;
  std::uint32_t is_ended;  // 1: stopped in order
  std::uint32_t reserved;
  std::int64_t wall_start_ns;
  std::int64_t start_ns;
  std::int64_t last_ns;
  std::uint64_t period;      // what one sample stands for on average, in the unit of the kind
  std::uint64_t events;      // that were looked at closely
  std::uint64_t lost;        // no room for their stack
  std::uint64_t untracked;   // no room to follow what became of them
  std::uint64_t used_bytes;  // of the file
  std::int64_t own_ns;       // spent taking samples
  char program[256];
  char allocator[256];  // the file whose malloc the program uses; empty: not known
};

struct file_module {
  std::uint64_t start;
  std::uint64_t limit;
  char path[240];  // ends with 0; empty: the program
};

struct file_record {
  std::uint64_t hash;
  std::uint64_t label;
  std::uint32_t kind;
  std::uint32_t depth;
  // followed by `value_words` numbers and `depth` return addresses, leaf first
};

inline constexpr std::uint64_t modules_at = sizeof(file_header);
inline constexpr std::uint64_t index_at = modules_at + most_modules * sizeof(file_module);
inline constexpr std::uint64_t records_at = index_at + index_slots * sizeof(std::uint32_t);
static_assert(index_at % 8 == 0 && records_at % 8 == 0 && records_at < step_bytes);

}  // namespace nevaperf::profiles::stack_file
