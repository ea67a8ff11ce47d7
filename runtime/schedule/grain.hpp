// How coarse the work of a cluster is: how long its steps take, looked at as rarely as will do.
//
// The clock is read once a slice of steps. Only where the mean step is long enough for the clock
// not to matter are single steps timed, in short slices that become rarer while they find nothing.
// So a graph of fine steps pays one reading of the clock in 256 steps, and two coarse nodes are
// found within some fifty steps.
//
// A node is coarse by the running mean of its timed steps, each counted as at most
// `longest_counted_ns`: one step that the machine held up does not make a node coarse, and a node
// that only waits in every second step still is.
//
// Thread safety: owner only.
#pragma once

#include <algorithm>
#include <cstdint>

namespace nevaperf::runtime {

// A mean step at least this long is worth a worker of its own: handing a message over to another
// worker costs below a microsecond.
inline constexpr std::uint16_t coarse_step_ns = 2'500;
inline constexpr std::int64_t longest_counted_ns = 12'000;

// The running mean after one more step: the last eight or so steps count.
[[nodiscard]] constexpr std::uint16_t next_mean_step_ns(std::uint16_t mean_ns,
                                                        std::int64_t step_ns) noexcept {
  const std::int64_t step = std::clamp<std::int64_t>(step_ns, 0, longest_counted_ns);
  return static_cast<std::uint16_t>(mean_ns + (step - mean_ns) / 8);
}

class grain_meter {
 public:
  // At most so many steps, then look at the inbox, the timers and the end.
  [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }
  // Whether each step of the next slice is to be timed.
  [[nodiscard]] bool wants_timed_steps() const noexcept { return is_long_ && slices_to_wait_ == 0; }

  void add_slice(std::uint64_t steps, std::int64_t took_ns) noexcept {
    if (steps == 0) return;
    const std::int64_t mean_ns = took_ns / static_cast<std::int64_t>(steps);
    is_long_ = mean_ns >= long_mean_ns;
    const std::int64_t fit = longest_slice_ns / std::max<std::int64_t>(mean_ns, 1);
    const std::uint64_t most = std::min(2 * steps_, most_steps);
    steps_ = std::clamp(static_cast<std::uint64_t>(fit), fewest_steps, most);
    if (slices_to_wait_ != 0) --slices_to_wait_;
  }
  // After a slice of timed steps: `found` if one was of a node that is becoming coarse.
  void add_timed_slice(bool found) noexcept {
    slices_between_ = found ? 1 : std::min(2 * slices_between_, most_slices_between);
    slices_to_wait_ = slices_between_;
  }

 private:
  static constexpr std::int64_t long_mean_ns = 150;
  static constexpr std::uint64_t fewest_steps = 16;
  // Long enough to cost nothing, short enough for timers and cancellation.
  static constexpr std::uint64_t most_steps = 256;
  static constexpr std::int64_t longest_slice_ns = 150'000;
  static constexpr std::uint32_t most_slices_between = 256;

  std::uint64_t steps_ = fewest_steps;
  std::uint32_t slices_between_ = 1;
  std::uint32_t slices_to_wait_ = 0;
  bool is_long_ = false;
};

}  // namespace nevaperf::runtime
