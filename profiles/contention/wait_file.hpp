// What the preloaded library of contention profiles and its reader agree on; the file itself is
// profiles/preload/stack_file.hpp. No type here has code.
//
// A record's kind is a reason; its stack is that of who waited, or of who made others wait. A wait
// of d nanoseconds is kept with the chance p = min(1, d / T) and then stands for 1 / p waits and d
// / p nanoseconds, so that sums are without bias. Those numbers are kept in 1/16.
//
// Thread safety: constants.
#pragma once

#include <cstdint>

namespace nevaperf::profiles::wait_file {

inline constexpr const char* magic = "nevaperf-wait-1";
inline constexpr double scale = 16;
inline constexpr std::uint32_t histogram_slots =
    40;  // slot i: waits of 2^i ns to less than 2^(i+1)
enum value : std::uint32_t {
  count,
  delay,         // of who waited, ns
  caused_count,  // waits that this stack made longer
  caused_delay,  // by so much, ns
  longest,       // ns, not scaled
  histogram,
  values = histogram + histogram_slots,
};
enum reason : std::uint32_t { lock, read_lock, write_lock, condition, semaphore, join, reasons };
inline constexpr const char* reason_names[reasons] = {"lock",      "rwlock_read", "rwlock_write",
                                                      "condition", "semaphore",   "join"};

// The environment of a profiled process.
inline constexpr const char* folder_variable = "NEVAPERF_WAIT_FOLDER";
inline constexpr const char* threshold_variable = "NEVAPERF_WAIT_NS";  // T

}  // namespace nevaperf::profiles::wait_file
