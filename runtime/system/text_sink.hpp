// Standard output of a program: one buffer, so values never interleave.
//
// It is written out when it is full, before the program waits for input or time, and at every kind
// of end. A failed write is kept: it is reported by the node that writes next, or at the end of the
// run with the port whose text was lost first.
//
// Thread safety: any thread; what one `write` gives stays together. `collected`: when nobody
// writes.
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace nevaperf::runtime {

struct channel;

class text_sink {
 public:
  // Writes to a file descriptor that the caller keeps open; `name` is for error messages
  // ("stdout").
  text_sink(int number, std::string name);
  text_sink(const text_sink&) = delete;
  text_sink& operator=(const text_sink&) = delete;
  // Collects everything in memory (tests), or drops it (benchmarks).
  static text_sink collecting() { return text_sink(target::memory); }
  static text_sink discarding() { return text_sink(target::nothing); }

  // False if this or an earlier write failed; `failure` says why. `from` is the port that the text
  // came from, for `first_lost` only.
  bool write(std::string_view text, const channel* from = nullptr);
  bool flush();

  // Set once and never changed: may be read by whom `write` or `flush` told of it.
  [[nodiscard]] const std::optional<base::error>& failure() const { return failure_; }
  // After a failure: the first of whom not all text got out, if that is known.
  [[nodiscard]] const channel* first_lost() const { return first_in_buffer_; }
  [[nodiscard]] const std::string& collected() const { return buffer_; }

 private:
  enum class target { descriptor, memory, nothing };
  static constexpr std::size_t buffer_bytes = std::size_t{64} << 10;

  explicit text_sink(target t) : to_(t) {}
  bool write_out();

  target to_ = target::descriptor;
  int number_ = -1;
  std::string name_;
  std::mutex lock_;
  std::string buffer_;
  const channel* first_in_buffer_ = nullptr;  // stays what it is after a failure
  std::optional<base::error> failure_;
};

}  // namespace nevaperf::runtime
