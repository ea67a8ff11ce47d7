// Counts the allocations of this process while it is asked to.
//
// It uses the hooks of gperftools' tcmalloc, which is not linked but preloaded into the one worker
// that counts: it costs several milliseconds of start-up, and times are to be measured with the
// allocator that programs really have. Counted is every thread: calls that hand out memory (a
// realloc that moves counts as one) and the bytes asked for.
//
// Thread safety: one user at a time.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace nevaperf::measure {

// What a process that is to count must find in its environment when it starts. Empty if this build
// cannot count: sanitizers bring an allocator of their own.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> counting_environment();

struct allocation_total {
  std::uint64_t calls = 0;
  std::uint64_t bytes = 0;
};

class allocation_counter {
 public:
  // Whether tcmalloc is this process's allocator.
  [[nodiscard]] static bool possible();

  void start();
  // What was counted since start().
  allocation_total stop();
};

// Of this process: "glibc 2.36", "tcmalloc", "that of the sanitizer".
[[nodiscard]] std::string allocator_name();

}  // namespace nevaperf::measure
