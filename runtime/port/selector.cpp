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
    guarded_ = guarded_ || c->more->guarded;
    room_ += c->more->capacity;
  }
  arrivals_.reserve(slots_.size(), room_);
}

template <bool is_guarded>
bool selector::take(task& t, selected& into) noexcept {
  if (arrivals_.empty()) return false;
  into.slot = arrivals_.pop();
  channel& c = *slots_[into.slot];
  special_channel& s = *c.more;
  std::construct_at(&into.value, s.buffer.empty() ? std::move(c.value) : s.buffer.pop());
  if constexpr (is_guarded) detail::tell_receives(c, t);
  detail::release_sender(c);
  return true;
}

template <bool is_guarded>
bool selector::take_or_register(task& t, selected& into) noexcept {
  if (take<is_guarded>(t, into)) return true;
  if constexpr (is_guarded) detail::tell_waits(*slots_[0], t, wait_reason::select);
  waiter_ = &t;
  target_ = &into;
  return false;
}

bool selector::take_or_wait(task& t, selected& into) noexcept {
  return guarded_ ? guarded_take_or_wait(t, into) : take_or_register<false>(t, into);
}

[[gnu::noinline]] bool selector::guarded_take_or_wait(task& t, selected& into) noexcept {
  std::unique_lock<spin_lock> hold;
  if (shared_) hold = std::unique_lock(lock_);
  return take_or_register<true>(t, into);
}

selector::turn selector::take_now(task& t) noexcept {
  turn result;
  std::unique_lock<spin_lock> hold;
  if (shared_) hold = std::unique_lock(lock_);
  if (!take<true>(t, result.got)) result.is_quiet = t.here().is_alone();
  return result;
}

template <bool is_guarded>
void selector::deliver(channel& c) noexcept {
  if constexpr (is_guarded) detail::tell_receives(c, *waiter_);
  target_->slot = c.more->slot;
  std::construct_at(&target_->value, std::move(c.value));
  cluster::complete(*std::exchange(waiter_, nullptr), to_receiver_);
}

template void selector::deliver<true>(channel& c) noexcept;
template void selector::deliver<false>(channel& c) noexcept;

}  // namespace nevaperf::runtime
