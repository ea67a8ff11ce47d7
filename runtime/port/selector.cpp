#include "runtime/port/selector.hpp"

#include <bit>
#include <mutex>

namespace nevaperf::runtime {

void selector::arrivals::reserve(std::size_t count) {
  ring_.resize(std::bit_ceil(count));  // while wiring: the queue is empty
  mask_ = ring_.size() - 1;
}

selector::selector(std::span<channel* const> slots) : slots_(slots), room_(slots.size()) {
  std::uint16_t slot = 0;
  for (channel* c : slots_) {
    if (c->more == nullptr) c->more = new special_channel();
    c->now = channel_state::special;
    c->more->group = this;
    c->more->slot = slot++;
    room_ += c->more->capacity;
  }
  arrivals_.reserve(room_);
}

bool selector::take(selected& into) noexcept {
  if (arrivals_.empty()) return false;
  into.slot = arrivals_.pop();
  channel& c = *slots_[into.slot];
  special_channel& s = *c.more;
  if (!s.buffer.empty()) {
    std::construct_at(&into.value, s.buffer.pop());
    if (s.now != channel_state::sender_waits) return true;
    s.buffer.push(std::move(c.value));  // its arrival is in the queue already
  } else {
    std::construct_at(&into.value, std::move(c.value));
  }
  s.now = channel_state::idle;
  cluster::complete(*c.waiter, s.to_sender);
  return true;
}

bool selector::take_or_wait(task& t, selected& into) noexcept {
  std::unique_lock<spin_lock> hold;
  if (shared_) hold = std::unique_lock(lock_);
  if (take(into)) return true;
  waiter_ = &t;
  target_ = &into;
  return false;
}

void selector::deliver(channel& c) noexcept {
  target_->slot = c.more->slot;
  std::construct_at(&target_->value, std::move(c.value));
  cluster::complete(*std::exchange(waiter_, nullptr), to_receiver_);
}

}  // namespace nevaperf::runtime
