#include <array>
#include <csignal>

#include "core/base/process.hpp"

namespace nevaperf::base {

namespace {

struct signal_words {
  int number;
  const char* name;
  const char* meaning;
};

constexpr std::array known_signals = {
    signal_words{SIGABRT, "SIGABRT", "abort: a failed assertion or an uncaught exception"},
    signal_words{SIGBUS, "SIGBUS", "bus error"},
    signal_words{SIGFPE, "SIGFPE", "arithmetic error"},
    signal_words{SIGHUP, "SIGHUP", "the terminal went away"},
    signal_words{SIGILL, "SIGILL", "illegal instruction"},
    signal_words{SIGINT, "SIGINT", "interrupted"},
    signal_words{SIGKILL, "SIGKILL", "killed from outside, perhaps for lack of memory"},
    signal_words{SIGPIPE, "SIGPIPE", "its reader went away"},
    signal_words{SIGSEGV, "SIGSEGV", "segmentation fault"},
    signal_words{SIGTERM, "SIGTERM", "asked to end"},
    signal_words{SIGTRAP, "SIGTRAP", "trap"},
    signal_words{SIGXCPU, "SIGXCPU", "CPU time limit"},
};

}  // namespace

std::string exit_report::words() const {
  if (killed) return "killed by nevaperf";
  if (signal == 0) return "exit status " + std::to_string(status);
  for (const signal_words& known : known_signals) {
    if (known.number == signal) {
      return std::string("killed by ") + known.name + " (" + known.meaning + ")";
    }
  }
  return "killed by signal " + std::to_string(signal);
}

}  // namespace nevaperf::base
