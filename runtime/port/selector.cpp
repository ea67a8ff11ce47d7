#include "runtime/port/selector.hpp"

#include <mutex>

#include "runtime/observe/observer.hpp"

namespace nevaperf::runtime {

selector::selector(std::span<channel* const> slots) : slots_(slots), room_(slots.size()) {
  std::uint16_t slot = 0;
  for (channel* c : slots_) {
    if (c->more == nullptr) c->more = new special_channel();
    c->now = channel_state::special;
    c->more->group = this;
    c->more->slot = slot++;
    room_ += c->more->capacity;
  }
  arrivals_.reserve(slots_.size(), room_);
}

bool selector::take(task& t, selected& into) noexcept {
  if (arrivals_.empty()) return false;
  into.slot = arrivals_.pop();
  channel& c = *slots_[into.slot];
  special_channel& s = *c.more;
  std::construct_at(&into.value, s.buffer.empty() ? std::move(c.value) : s.buffer.pop());
  tell_receives(c, t);
  release_sender(c);
  return true;
}

bool selector::take_or_wait(task& t, selected& into) noexcept {
  std::unique_lock<spin_lock> hold;
  if (shared_) hold = std::unique_lock(lock_);
  if (take(t, into)) return true;
  if (observer* watcher = slots_.empty() ? nullptr : slots_[0]->more->watcher) [[unlikely]]
    watcher->waits(base::node_id(t.node), channel_id(slots_[0]->number), wait_reason::select);
  waiter_ = &t;
  target_ = &into;
  return false;
}

selector::turn selector::take_now(task& t) noexcept {
  turn result;
  std::unique_lock<spin_lock> hold;
  if (shared_) hold = std::unique_lock(lock_);
  if (!take(t, result.got)) result.is_quiet = t.here().is_alone();
  return result;
}

void selector::deliver(channel& c) noexcept {
  tell_receives(c, *waiter_);
  target_->slot = c.more->slot;
  std::construct_at(&target_->value, std::move(c.value));
  cluster::complete(*std::exchange(waiter_, nullptr), to_receiver_);
}

}  // namespace nevaperf::runtime
