#include "runtime/system/text_source.hpp"

#include <span>

#include "runtime/system/descriptor.hpp"

namespace nevaperf::runtime {

std::string_view text_source::session::buffered() const {
  return std::string_view(from_->buffer_).substr(from_->first_);
}

int text_source::session::fill(int cancel) {
  text_source& s = *from_;
  s.buffer_.erase(0, std::exchange(s.first_, 0));
  at_end_ = s.number_ < 0;
  if (at_end_) return 0;
  const std::size_t before = s.buffer_.size();
  s.buffer_.resize(before + piece_bytes);
  const transfer got = read_some(s.number_, std::span(s.buffer_).subspan(before), cancel);
  s.buffer_.resize(before + got.bytes);
  at_end_ = got.error == 0 && got.bytes == 0;
  return got.error;
}

}  // namespace nevaperf::runtime
