#include "runtime/schedule/environment.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace nevaperf::runtime {

namespace {

// Opened the wrong way round: reading from stdin and writing to the others fails.
void occupy_closed_streams() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(number, F_GETFD) == -1)  // the lowest free number is this one
        [[maybe_unused]]
      const int opened = ::open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

}  // namespace

environment environment::of_process(std::vector<std::string> arguments) {
  occupy_closed_streams();
  return {.out = text_sink(STDOUT_FILENO, "stdout"),
          .in = text_source(STDIN_FILENO),
          .arguments = std::move(arguments),
          .variables = variable_table::of_process()};
}

}  // namespace nevaperf::runtime
