// File descriptors, and reading and writing that can be cancelled.
//
// A call that can block for long (a pipe, a terminal, a socket) waits for its descriptor and for
// `cancel` at once, and gives up with ECANCELED when that becomes readable. `cancel` may be -1.
// Errors are errno values; EINTR is never one.
//
// Thread safety: a descriptor is owner only; the functions: any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.hpp"

namespace nevaperf::runtime {

// Owns a file descriptor.
class descriptor {
 public:
  descriptor() = default;
  explicit descriptor(int number) : number_(number) {}
  descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~descriptor();

  [[nodiscard]] int number() const { return number_; }
  // 0 or what went wrong.
  int close();

 private:
  int number_ = -1;
};

struct transfer {
  std::size_t bytes = 0;
  int error = 0;
};

// Opens without ever blocking: a named pipe is waited for, and can be cancelled. Errors: "open
// PATH: ...".
base::result<descriptor> open_path(const std::string& path, int flags, unsigned mode, int cancel);

// At least one byte, or none at the end.
transfer read_some(int from, std::span<char> into, int cancel);
// Appends everything up to the end. What was read before an error is kept.
int read_to_end(int from, std::string& into, int cancel);
// `bytes` is less than all only with an error.
transfer write_fully(int to, std::string_view data, int cancel);

}  // namespace nevaperf::runtime
