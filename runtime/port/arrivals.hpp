// The messages that wait at a select, and which of them is next.
//
// The default order keeps the guarantee of the select (selector.hpp) without a stamp: only senders
// to a select take a place in its queue, nobody else pays. The other orders are variants to be
// measured against it.
//
// Thread safety: none; a shared select holds its lock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace nevaperf::runtime {

enum class order_policy : std::uint8_t {
  needed_only,  // a queue of arrivals at each select
  global,   // every arrival takes the next stamp of one counter for the whole process; the smallest
            // is next
  relaxed,  // slots take turns; only what one sender sent stays in order
  none,     // the lowest slot that has a message: a busy low slot starves the others
};

class arrivals {
 public:
  // Room for `count` messages. While the graph is wired.
  void reserve(std::size_t slots, std::size_t count);
  // Before the first message.
  void use(order_policy policy);

  [[nodiscard]] bool empty() const noexcept { return first_ == next_; }
  void push(std::uint16_t slot) noexcept {
    if (other_ != nullptr) [[unlikely]]
      return push_in_other_order(slot);
    ring_[next_++ & mask_] = slot;
  }
  std::uint16_t pop() noexcept {
    if (other_ != nullptr) [[unlikely]]
      return pop_in_other_order();
    return ring_[first_++ & mask_];
  }

 private:
  struct stamped {
    std::uint64_t stamp;
    std::uint16_t slot;
  };
  struct other_order {
    order_policy policy;
    std::size_t slots;
    std::vector<stamped> waiting;       // global, with room reserved
    std::vector<std::uint32_t> counts;  // relaxed, none: of each slot
    std::size_t turn = 0;               // relaxed: the slot that is looked at first
  };

  void push_in_other_order(std::uint16_t slot) noexcept;
  std::uint16_t pop_in_other_order() noexcept;

  std::vector<std::uint16_t> ring_;
  std::size_t mask_ = 0;
  std::size_t slots_ = 0;
  std::size_t first_ = 0;
  std::size_t next_ = 0;
  std::unique_ptr<other_order> other_;
};

}  // namespace nevaperf::runtime
