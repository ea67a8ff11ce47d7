// A clock that moves only when a test says so.
//
// Thread safety: owner only.
#pragma once

#include "core/base/clock.hpp"

namespace nevaperf::tests {

class manual_clock final : public base::clock {
 public:
  [[nodiscard]] std::int64_t monotonic_ns() const override { return now_ns_; }
  [[nodiscard]] std::int64_t wall_ns() const override { return start_wall_ns + now_ns_; }
  void advance_ns(std::int64_t by) { now_ns_ += by; }

  static constexpr std::int64_t start_wall_ns = 1'700'000'000'000'000'000;  // 2023-11-14T22:13:20Z

 private:
  std::int64_t now_ns_ = 0;
};

}  // namespace nevaperf::tests
