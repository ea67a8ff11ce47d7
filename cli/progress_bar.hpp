// One line on a terminal that shows how far a session is; nothing anywhere else.
//
// Thread safety: owner only. Invariant: at most ten updates a second; the line is gone when the bar
// is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/clock.hpp"

namespace nevaperf::cli {

struct progress_state {
  std::string_view label;
  std::uint64_t done = 0;
  std::uint64_t expected = 0;
  std::int64_t remaining_ns = 0;
};

// "[======>       ]  45/84  hop  12 s left", at most `columns` wide.
[[nodiscard]] std::string progress_line(const progress_state& now, std::size_t columns);

class progress_bar {
 public:
  // Shown only if `descriptor` is a terminal and `wanted`.
  progress_bar(int descriptor, bool wanted, const base::clock& clock);
  progress_bar(const progress_bar&) = delete;
  progress_bar& operator=(const progress_bar&) = delete;
  ~progress_bar();

  void show(const progress_state& now);
  void clear();

 private:
  void write(std::string_view text) const;

  int descriptor_;
  bool is_shown_;
  const base::clock& clock_;
  std::int64_t next_ns_ = 0;
  bool is_dirty_ = false;
};

}  // namespace nevaperf::cli
