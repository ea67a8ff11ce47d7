#include "runtime/port/arrivals.hpp"

#include <algorithm>
#include <atomic>
#include <bit>

namespace nevaperf::runtime {

void arrivals::reserve(std::size_t slots, std::size_t count) {
  ring_.resize(std::bit_ceil(count));  // while wiring: the queue is empty
  mask_ = ring_.size() - 1;
  slots_ = slots;
  if (other_ != nullptr) use(other_->policy);
}

void arrivals::use(order_policy policy) {
  other_.reset();
  if (policy == order_policy::needed_only) return;
  other_ = std::make_unique<other_order>();
  other_->policy = policy;
  if (policy == order_policy::global)
    other_->waiting.reserve(ring_.size());
  else
    other_->counts.resize(slots_);
}

void arrivals::push_in_other_order(std::uint16_t slot) noexcept {
  static std::atomic<std::uint64_t> last_stamp = 0;
  ++next_;
  if (other_->policy == order_policy::global)
    // relaxed: causally ordered senders see each other's stamps through what orders them
    other_->waiting.push_back({last_stamp.fetch_add(1, std::memory_order_relaxed), slot});
  else
    ++other_->counts[slot];
}

std::uint16_t arrivals::pop_in_other_order() noexcept {
  ++first_;
  if (other_->policy == order_policy::global) {
    std::vector<stamped>& waiting = other_->waiting;
    const auto oldest =
        std::min_element(waiting.begin(), waiting.end(),
                         [](const stamped& a, const stamped& b) { return a.stamp < b.stamp; });
    const std::uint16_t slot = oldest->slot;
    *oldest = waiting.back();
    waiting.pop_back();
    return slot;
  }
  std::size_t slot = other_->policy == order_policy::relaxed ? other_->turn : 0;
  while (other_->counts[slot] == 0) slot = slot + 1 == slots_ ? 0 : slot + 1;
  --other_->counts[slot];
  other_->turn = slot + 1 == slots_ ? 0 : slot + 1;
  return static_cast<std::uint16_t>(slot);
}

}  // namespace nevaperf::runtime
