// Select: the receiving end of several channels, of which it takes the oldest message.
//
// The node registers once for all its channels, when it is wired. Senders that find it busy queue up in the order in
// which they began to send, so the oldest is the first in the queue: no polling, no order stamps, and the cost does
// not grow with the number of slots. Order guarantee: of two sends of which one causally precedes the other, the
// earlier is delivered first.
//
// Thread safety: owner only.
#pragma once

#include <cstddef>
#include <span>

#include "runtime/port/channel.hpp"

namespace nevaperf::runtime {

struct selected {
  std::size_t slot = 0;
  message value;
};

class selector {
 public:
  explicit selector(std::span<channel* const> slots);
  selector(const selector&) = delete;
  selector& operator=(const selector&) = delete;

  [[nodiscard]] std::size_t size() const { return slots_.size(); }
  [[nodiscard]] const task* waiting() const { return waiter_; }

  // co_await select() gives the slot and the message.
  auto select() noexcept {
    struct awaiter {
      selector* from;
      selected result;
      bool await_ready() noexcept { return from->take(result); }
      void await_suspend(node_task::handle h) noexcept {
        h.promise().outstanding = 1;
        from->wait(h.promise(), result);
      }
      selected await_resume() noexcept { return std::move(result); }
    };
    return awaiter{this, {}};
  }

  // The sending side, from ports.hpp. `c.value` holds the message. True: it was taken at once.
  bool offer(channel& c) noexcept {
    if (waiter_ == nullptr) return false;
    target_->slot = c.slot;
    std::construct_at(&target_->value, std::move(c.value));
    task& t = *std::exchange(waiter_, nullptr);
    t.home->complete_one(t);
    return true;
  }
  void park(channel& c, task& sender) noexcept {
    c.waiter = &sender;
    c.now = channel::state::special_parked;
    c.next_parked = nullptr;
    if (last_ == nullptr)
      first_ = &c;
    else
      last_->next_parked = &c;
    last_ = &c;
  }

  // The receiving side in two steps, for operations that wait for more than the select: take the oldest
  // message if there is one, else wait for the next (the caller has counted it in `t.outstanding`).
  void wait(task& t, selected& into) noexcept {
    waiter_ = &t;
    target_ = &into;
  }
  bool take(selected& into) noexcept {
    if (first_ == nullptr) return false;
    channel& c = *first_;
    first_ = c.next_parked;
    if (first_ == nullptr) last_ = nullptr;
    c.now = channel::state::special;
    into.slot = c.slot;
    std::construct_at(&into.value, std::move(c.value));
    c.waiter->home->complete_one(*c.waiter);
    return true;
  }

 private:
  std::span<channel* const> slots_;
  channel* first_ = nullptr;  // parked senders, oldest first
  channel* last_ = nullptr;
  task* waiter_ = nullptr;  // the node, while it waits
  selected* target_ = nullptr;
};

}  // namespace nevaperf::runtime
