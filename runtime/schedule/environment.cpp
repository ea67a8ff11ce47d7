#include "runtime/schedule/environment.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace nevaperf::runtime {

text_sink::text_sink(int descriptor, std::string name)
    : descriptor_(descriptor), name_(std::move(name)) {}

bool text_sink::write(std::string_view text) {
  if (to_ == target::nothing) return true;
  if (failure_) return false;
  buffer_.append(text);
  return to_ == target::memory || buffer_.size() < buffer_bytes || flush();
}

bool text_sink::flush() {
  if (to_ != target::descriptor) return true;
  std::size_t done = 0;
  while (done < buffer_.size() && !failure_) {
    const ssize_t n = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
    if (n >= 0) {
      done += static_cast<std::size_t>(n);
    } else if (errno != EINTR) {
      failure_ = base::error{.what = "cannot write: " + std::string(std::strerror(errno)),
                             .where = name_,
                             .next = "check where the output goes"};
    }
  }
  buffer_.clear();
  return !failure_;
}

environment environment::of_process(std::vector<std::string> arguments) {
  return {text_sink(STDOUT_FILENO, "stdout"), std::move(arguments)};
}

}  // namespace nevaperf::runtime
