#include "runtime/system/text_sink.hpp"

#include <cstring>

#include "runtime/system/descriptor.hpp"

namespace nevaperf::runtime {

text_sink::text_sink(int number, std::string name) : number_(number), name_(std::move(name)) {}

bool text_sink::write(std::string_view text, const channel* from) {
  if (to_ == target::nothing) return true;
  const std::lock_guard hold(lock_);
  if (failure_) return false;
  if (buffer_.empty()) first_in_buffer_ = from;
  buffer_.append(text);
  return to_ == target::memory || buffer_.size() < buffer_bytes || write_out();
}

bool text_sink::flush() {
  if (to_ != target::descriptor) return true;
  const std::lock_guard hold(lock_);
  return write_out();
}

// Under the lock: who prints meanwhile must wait, or it would come too early.
bool text_sink::write_out() {
  if (!failure_) {
    const transfer done = write_fully(number_, buffer_, -1);
    if (done.error != 0)
      failure_ = base::error{.what = "cannot write: " + std::string(std::strerror(done.error)),
                             .where = name_,
                             .next = "check where the output goes"};
  }
  buffer_.clear();
  return !failure_;
}

}  // namespace nevaperf::runtime
