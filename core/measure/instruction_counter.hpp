// Counts the instructions of this process while it is asked to, in a process that runs under
// callgrind.
//
// valgrind serves the client requests of <valgrind/callgrind.h>; without that header at build time
// nothing can be counted. All threads count. Thread safety: one user at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nevaperf::measure {

// How a command is started so that it can count: the words before its own, and what it must find
// in its environment. `file` is where callgrind writes; the counter reads and removes it.
struct instruction_setup {
  std::vector<std::string> words;
  std::vector<std::pair<std::string, std::string>> environment;
};
[[nodiscard]] instruction_setup under_callgrind(const std::string& file);

class instruction_counter {
 public:
  // Empty: this process can count.
  [[nodiscard]] static std::string why_not();

  void start();
  // What was counted since start(); nothing if callgrind's file cannot be read.
  std::optional<std::uint64_t> stop();

 private:
  int dumps_ = 0;
};

}  // namespace nevaperf::measure
