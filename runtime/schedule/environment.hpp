// What a running program sees of the world: its standard streams and its arguments.
//
// Output goes through one buffer a stream, so values never interleave, and is written out when the buffer is full, before
// the program waits for input or time, and at every kind of end. A failed write is kept: it is reported by the node
// that writes next, or at the end of the run.
//
// Thread safety: owner only.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"

namespace nevaperf::runtime {

class text_sink {
 public:
  // Writes to a file descriptor that the caller keeps open; `name` is for error messages ("stdout").
  text_sink(int descriptor, std::string name);
  text_sink(const text_sink&) = delete;
  text_sink& operator=(const text_sink&) = delete;
  // Collects everything in memory (tests), or drops it (benchmarks).
  static text_sink collecting() { return text_sink(target::memory); }
  static text_sink discarding() { return text_sink(target::nothing); }

  // False if this or an earlier write failed; `failure` says why.
  bool write(std::string_view text);
  bool flush();

  [[nodiscard]] const std::optional<base::error>& failure() const { return failure_; }
  [[nodiscard]] const std::string& collected() const { return buffer_; }

 private:
  enum class target { descriptor, memory, nothing };
  static constexpr std::size_t buffer_bytes = std::size_t{64} << 10;

  explicit text_sink(target t) : to_(t) {}

  target to_ = target::descriptor;
  int descriptor_ = -1;
  std::string name_;
  std::string buffer_;
  std::optional<base::error> failure_;
};

struct environment {
  text_sink out;
  std::vector<std::string> arguments;

  static environment of_process(std::vector<std::string> arguments);
  static environment for_tests() { return {text_sink::collecting(), {}}; }
  static environment silent() { return {text_sink::discarding(), {}}; }
};

}  // namespace nevaperf::runtime
