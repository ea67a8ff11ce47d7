#include "cli/interrupt.hpp"

namespace nevaperf::cli {

namespace {

volatile std::sig_atomic_t flag = 0;

}  // namespace

interrupt_guard::interrupt_guard() {
  flag = 0;
  struct sigaction once {};
  once.sa_handler = [](int) { flag = 1; };
  once.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGINT, &once, &on_interrupt_);
  ::sigaction(SIGTERM, &once, &on_terminate_);
}

interrupt_guard::~interrupt_guard() {
  ::sigaction(SIGINT, &on_interrupt_, nullptr);
  ::sigaction(SIGTERM, &on_terminate_, nullptr);
}

bool interrupt_guard::requested() {
  return flag != 0;
}

}  // namespace nevaperf::cli
