#include "runtime/port/selector.hpp"

#include <algorithm>

#include "runtime/observe/observer.hpp"
#include "runtime/port/slot_helper.hpp"

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

selector::~selector() = default;

std::unique_lock<spin_lock> selector::lock_if_shared() noexcept {
  return shared_ ? std::unique_lock(lock_) : std::unique_lock<spin_lock>();
}

template <bool is_guarded>
bool selector::take(task& t, selected& into) noexcept {
  if (arrivals_.empty()) return false;
  into.slot = arrivals_.pop();
  channel& c = *slots_[into.slot];
  special_channel& s = *c.more;
  if constexpr (is_guarded) {
    std::construct_at(&into.value, detail::next_message(c));
    detail::tell_receives(c, t);
  } else {
    std::construct_at(&into.value, s.buffer.empty() ? std::move(c.value) : s.buffer.pop());
  }
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
  if (helped_ == nullptr) return take_or_register_locked(t, into);
  start_helpers(t, into);
  return false;
}

bool selector::take_or_register_locked(task& t, selected& into) noexcept {
  const auto hold = lock_if_shared();
  return take_or_register<true>(t, into);
}

selector::turn selector::take_now(task& t) noexcept {
  turn result;
  const auto hold = lock_if_shared();
  if (!take<true>(t, result.got)) result.is_quiet = t.here().is_alone();
  return result;
}

template <bool is_guarded>
void selector::deliver(channel& c) noexcept {
  target_->slot = c.more->slot;
  if constexpr (is_guarded) {
    detail::tell_receives(c, *waiter_);
    std::construct_at(&target_->value, detail::next_message(c));
  } else {
    std::construct_at(&target_->value, std::move(c.value));
  }
  cluster::complete(*std::exchange(waiter_, nullptr), to_receiver_);
}

void selector::use_helpers(slot_pool* pool, bool is_pooled) {
  helped_ = std::make_unique<helped>();
  helped_->pool = pool;
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
    slots_[slot]->more->guard();
    if (pool == nullptr) helped_->ends.emplace_back(nullptr, is_pooled);
  }
  helped_->is_waiting.resize(slots_.size());
}

bool selector::has_helper_each_slot() const noexcept {
  return helped_ != nullptr && helped_->pool == nullptr;
}

void selector::start_helpers(task& t, selected& into) noexcept {
  if (helped_->pool != nullptr)
    return helped_->pool->add({.node = &t, .from = this, .chosen = &into});
  {
    const auto hold = lock_if_shared();
    if (arrivals_.empty()) detail::tell_waits(*slots_[0], t, wait_reason::select);
    waiter_ = &t;
    target_ = &into;
    std::fill(helped_->is_waiting.begin(), helped_->is_waiting.end(), std::uint8_t{0});
    helped_->is_open = true;
  }
  t.outstanding +=
      static_cast<std::uint32_t>(slots_.size());  // every helper reports that it looked
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) helped_->ends[slot].look(*this, slot, t);
}

// Of the messages that are there, the oldest, whoever looks.
void selector::take_for_node() noexcept {
  helped_->is_open = false;
  take<true>(*waiter_, *target_);
  cluster::complete(*std::exchange(waiter_, nullptr), to_receiver_);
}

void selector::look(std::size_t slot) noexcept {
  const auto hold = lock_if_shared();
  if (helped_->is_open && !arrivals_.empty())
    take_for_node();
  else
    helped_->is_waiting[slot] = 1;
}

void selector::forward() noexcept {
  const auto hold = lock_if_shared();
  take_for_node();
}

void selector::wake_helper(std::size_t slot) noexcept {
  if (!has_helper_each_slot() || !helped_->is_open || helped_->is_waiting[slot] == 0) return;
  helped_->is_open = false;
  helped_->ends[slot].wake();
}

void selector::take_or_wait_for(task& t, selected& into) noexcept {
  if (take_or_register_locked(t, into)) cluster::complete(t, to_receiver_);
}

template void selector::deliver<true>(channel& c) noexcept;
template void selector::deliver<false>(channel& c) noexcept;

}  // namespace nevaperf::runtime
