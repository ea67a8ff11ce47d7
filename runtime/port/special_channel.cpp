#include "runtime/port/special_channel.hpp"

#include <mutex>
#include <thread>

#include "runtime/observe/observer.hpp"
#include "runtime/port/selector.hpp"
#include "runtime/port/slot_helper.hpp"

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

// By the worker of `t`.
std::unique_lock<spin_lock> lock_if_shared(const channel& c, const task& t) {
  special_channel& s = *c.more;
  if (!s.shared) return {};
  if (s.watcher == nullptr) return std::unique_lock(s.lock());
  std::unique_lock hold(s.lock(), std::try_to_lock);
  if (hold.owns_lock()) return hold;
  s.watcher->spins(base::node_id(t.node), channel_id(c.number));
  hold.lock();
  s.watcher->spun(base::node_id(t.node), channel_id(c.number));
  return hold;
}

void tell_sends(const channel& c, const task& sender) noexcept {
  if (c.more->watcher != nullptr)
    c.more->watcher->sends(base::node_id(sender.node), channel_id(c.number));
}

}  // namespace

namespace detail {

message next_message(channel& c) noexcept {
  special_channel& s = *c.more;
  if (s.form == message_form::tagged48) return s.wide->pop();
  message oldest = s.buffer.empty() ? std::move(c.value) : s.buffer.pop();
  return s.form == message_form::boxed ? unpacked_from_box(std::move(oldest)) : oldest;
}

void tell_receives(const channel& c, const task& receiver) noexcept {
  if (c.more->watcher != nullptr)
    c.more->watcher->receives(base::node_id(receiver.node), channel_id(c.number));
}

void tell_waits(const channel& c, const task& t, wait_reason why) noexcept {
  if (c.more->watcher != nullptr)
    c.more->watcher->waits(base::node_id(t.node), channel_id(c.number), why);
}

void release_sender(channel& c) noexcept {
  special_channel& s = *c.more;
  if (s.now != channel_state::sender_waits) return;
  if (s.capacity != 0 && s.wide == nullptr) s.buffer.push(std::move(c.value));
  s.now = channel_state::idle;
  cluster::complete(*c.waiter, s.to_sender);
}

}  // namespace detail

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

special_channel::special_channel() noexcept = default;
special_channel::~special_channel() = default;

bool special_channel::is_empty() const noexcept {
  return buffer.empty() && (wide == nullptr || wide->empty());
}

spin_lock& special_channel::lock() noexcept {
  return group != nullptr ? group->lock_ : own_lock;
}

void special_channel::guard() noexcept {
  guarded = true;
  if (group != nullptr) group->guarded_ = true;
}

void share(channel& c) {
  special_channel& s = make_special(c);
  if (s.shared) return;
  s.shared = true;
  s.guard();
  if (s.group == nullptr || s.group->shared_) return;
  s.group->shared_ = true;
  for (channel* other : s.group->slots_) {
    other->more->shared = true;
    other->more->guard();
  }
}

void add_buffer(channel& c, std::size_t capacity) {
  if (capacity == 0) return;
  special_channel& s = make_special(c);
  s.capacity = capacity;
  s.buffer.reserve(capacity);
  if (s.wide != nullptr) s.wide->reserve(capacity);
  if (s.group != nullptr) {
    s.group->room_ += capacity;
    s.group->arrivals_.reserve(s.group->slots_.size(), s.group->room_);
  }
}

void order_select(channel& c, order_policy policy) {
  if (c.more != nullptr && c.more->group != nullptr) c.more->group->arrivals_.use(policy);
}

void use_form(channel& c, message_form form) {
  special_channel& s = make_special(c);
  s.form = form;
  if (form == message_form::tagged48) s.wide = std::make_unique<wide_ring>(s.capacity);
  s.guard();
}

void help_receiver(channel& c, slot_pool* pool, bool is_pooled) {
  special_channel& s = make_special(c);
  s.receiving = std::make_unique<helped_end>(pool, is_pooled);
  s.guard();
}

void help_sender(channel& c, slot_pool* pool, bool is_pooled) {
  special_channel& s = make_special(c);
  s.sending = std::make_unique<helped_end>(pool, is_pooled);
  s.guard();
}

void discard(channel& c) noexcept {
  delete c.more;
  std::destroy_at(&c);
}

void watch(channel& c, observer& watcher) {
  special_channel& s = make_special(c);
  s.watcher = &watcher;
  s.guard();
}

namespace detail {

// What each side of a channel does; under its lock if it is shared.
struct sides {
  template <bool is_guarded>
  static bool send(channel& c, task& t) noexcept;
  template <bool is_guarded>
  static bool receive(channel& c, task& t, message& into) noexcept;
};

template <bool is_guarded>
inline bool sides::send(channel& c, task& t) noexcept {
  special_channel& s = *c.more;
  if constexpr (is_guarded) {
    tell_sends(c, t);
    if (s.wide != nullptr) s.wide->push(std::move(c.value));
  }
  if (s.group != nullptr && s.group->waiter_ != nullptr) {
    if (!is_guarded || !s.group->has_helper_each_slot()) {
      s.group->deliver<is_guarded>(c);
      return true;
    }
  }
  if (s.now == channel_state::receiver_waits) {
    if constexpr (is_guarded) {
      tell_receives(c, *c.waiter);
      std::construct_at(c.target, next_message(c));
    } else {
      std::construct_at(c.target, std::move(c.value));
    }
    s.now = channel_state::idle;
    cluster::complete(*c.waiter, s.to_receiver);
    return true;
  }
  if (s.group != nullptr) {
    s.group->arrivals_.push(s.slot);
    // It cannot look before this has ended: it runs here, or the lock is held.
    if constexpr (is_guarded) s.group->wake_helper(s.slot);
  }
  if (is_guarded && s.wide != nullptr) {
    if (!s.wide->is_over_full()) return true;
  } else if (!s.buffer.full()) {
    s.buffer.push(std::move(c.value));
    return true;
  }
  if constexpr (is_guarded) tell_waits(c, t, wait_reason::send_full);
  c.waiter = &t;
  s.now = channel_state::sender_waits;
  return false;
}

template <bool is_guarded>
inline bool sides::receive(channel& c, task& t, message& into) noexcept {
  special_channel& s = *c.more;
  if (s.now != channel_state::sender_waits && (is_guarded ? s.is_empty() : s.buffer.empty())) {
    if constexpr (is_guarded) tell_waits(c, t, wait_reason::recv_empty);
    c.waiter = &t;
    c.target = &into;
    s.now = channel_state::receiver_waits;
    return false;
  }
  if constexpr (is_guarded) {
    std::construct_at(&into, next_message(c));
    tell_receives(c, t);
  } else {
    std::construct_at(&into, s.buffer.empty() ? std::move(c.value) : s.buffer.pop());
  }
  release_sender(c);
  return true;
}

}  // namespace detail

namespace {

[[gnu::noinline]] bool guarded_send(channel& c, task& t) noexcept {
  if (c.more->form == message_form::boxed) c.value = packed_in_box(std::move(c.value));
  const auto hold = lock_if_shared(c, t);
  return detail::sides::send<true>(c, t);
}

[[gnu::noinline]] bool guarded_receive(channel& c, task& t, message& into) noexcept {
  const auto hold = lock_if_shared(c, t);
  return detail::sides::receive<true>(c, t, into);
}

}  // namespace

bool special_send(channel& c, task& t) noexcept {
  return c.more->guarded ? guarded_send(c, t) : detail::sides::send<false>(c, t);
}

bool special_send_slot(channel& c, task& t) noexcept {
  if (!c.more->guarded) return detail::sides::send<false>(c, t);
  if (c.more->sending == nullptr) return guarded_send(c, t);
  c.more->sending->send(c, t);
  return false;
}

bool special_receive(channel& c, task& t, message& into) noexcept {
  return c.more->guarded ? guarded_receive(c, t, into) : detail::sides::receive<false>(c, t, into);
}

bool special_receive_slot(channel& c, task& t, message& into) noexcept {
  if (!c.more->guarded) return detail::sides::receive<false>(c, t, into);
  if (c.more->receiving == nullptr) return guarded_receive(c, t, into);
  c.more->receiving->receive(c, t, into);
  return false;
}

}  // namespace nevaperf::runtime
