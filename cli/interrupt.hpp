// Ctrl-C: the first asks for an orderly end, the second ends at once.
//
// Thread safety: any thread may ask; one guard at a time.
#pragma once

#include <csignal>

namespace nevaperf::cli {

// While it lives, SIGINT and SIGTERM only set a flag, once each.
class interrupt_guard {
 public:
  interrupt_guard();
  interrupt_guard(const interrupt_guard&) = delete;
  interrupt_guard& operator=(const interrupt_guard&) = delete;
  ~interrupt_guard();

  [[nodiscard]] static bool requested();

 private:
  struct sigaction on_interrupt_ {};
  struct sigaction on_terminate_ {};
};

}  // namespace nevaperf::cli
