// Counts the allocations of this process while it is asked to.
//
// tcmalloc's hooks are installed only while counting, so that timing passes pay nothing. Counted is
// every thread: calls that hand out memory (a realloc that moves counts as one) and the bytes asked
// for. Under sanitizers, which bring their own allocator, counting is not possible.
//
// Thread safety: one user at a time.
#pragma once

#include <cstdint>
#include <string>

namespace nevaperf::measure {

struct allocation_total {
  std::uint64_t calls = 0;
  std::uint64_t bytes = 0;
};

class allocation_counter {
 public:
  [[nodiscard]] static bool possible();

  void start();
  // What was counted since start().
  allocation_total stop();
};

// "tcmalloc (gperftools 2.10)", "that of the sanitizer".
[[nodiscard]] std::string allocator_name();

}  // namespace nevaperf::measure
