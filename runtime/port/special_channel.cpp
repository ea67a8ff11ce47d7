#include "runtime/port/special_channel.hpp"

#include <mutex>
#include <thread>

#include "runtime/port/selector.hpp"

namespace nevaperf::runtime {

namespace {

special_channel& make_special(channel& c) {
  if (c.more == nullptr) {
    c.more = new special_channel();
    c.more->now = c.now;
    c.now = channel_state::special;
  }
  return *c.more;
}

std::unique_lock<spin_lock> guard(special_channel& s) {
  return s.shared ? std::unique_lock(s.lock()) : std::unique_lock<spin_lock>();
}

}  // namespace

void spin_lock::lock() noexcept {
  constexpr int tries_before_yield = 64;  // the owner may have lost its processor
  // acquire: sees what the last owner did
  while (held_.exchange(true, std::memory_order_acquire))
    for (int i = 0; held_.load(std::memory_order_relaxed); ++i)
      if (i == tries_before_yield) {
        std::this_thread::yield();
        i = 0;
      }
}

spin_lock& special_channel::lock() noexcept { return group != nullptr ? group->lock_ : own_lock; }

void share(channel& c) {
  special_channel& s = make_special(c);
  if (s.shared) return;
  s.shared = true;
  if (s.group == nullptr || s.group->shared_) return;
  s.group->shared_ = true;
  for (channel* other : s.group->slots_) other->more->shared = true;
}

void add_buffer(channel& c, std::size_t capacity) {
  if (capacity == 0) return;
  special_channel& s = make_special(c);
  s.capacity = capacity;
  s.buffer.reserve(capacity);
  if (s.group != nullptr) {
    s.group->room_ += capacity;
    s.group->arrivals_.reserve(s.group->room_);
  }
}

void discard(channel& c) noexcept {
  delete c.more;
  std::destroy_at(&c);
}

bool special_send(channel& c, task& t) noexcept {
  special_channel& s = *c.more;
  const auto hold = guard(s);
  if (s.group != nullptr && s.group->waiter_ != nullptr) {
    s.group->deliver(c);
    return true;
  }
  if (s.now == channel_state::receiver_waits) {
    std::construct_at(c.target, std::move(c.value));
    s.now = channel_state::idle;
    cluster::complete(*c.waiter, s.to_receiver);
    return true;
  }
  if (s.group != nullptr) s.group->arrivals_.push(s.slot);
  if (!s.buffer.full()) {
    s.buffer.push(std::move(c.value));
    return true;
  }
  c.waiter = &t;
  s.now = channel_state::sender_waits;
  return false;
}

bool special_receive(channel& c, task& t, message& into) noexcept {
  special_channel& s = *c.more;
  const auto hold = guard(s);
  if (!s.buffer.empty()) {
    std::construct_at(&into, s.buffer.pop());
    if (s.now != channel_state::sender_waits) return true;
    s.buffer.push(std::move(c.value));
  } else if (s.now == channel_state::sender_waits) {
    std::construct_at(&into, std::move(c.value));
  } else {
    c.waiter = &t;
    c.target = &into;
    s.now = channel_state::receiver_waits;
    return false;
  }
  s.now = channel_state::idle;
  cluster::complete(*c.waiter, s.to_sender);
  return true;
}

}  // namespace nevaperf::runtime
