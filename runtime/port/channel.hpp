// A channel: one sender, one receiver, unbuffered by default: a send ends when its message was
// taken.
//
// The common case is decided by one byte: `receiver_waits` when sending, `sender_waits` when
// receiving. Everything that is not a plain channel inside one cluster (a slot of a select, a
// buffer, an end in another cluster, an observer) is `special` for good: the fast test fails and
// the work is done out of line, with what special_channel.hpp holds. Plain channels never pay for
// what they do not use.
//
// Invariants: `value` holds a message only between the start of a send and its end. `waiter` and
// `target` count only while somebody waits.
//
// Thread safety: owner only (the cluster of its nodes); special channels do their own locking.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "runtime/message/message.hpp"
#include "runtime/schedule/cluster.hpp"

namespace nevaperf::runtime {

struct special_channel;

enum class channel_state : std::uint8_t { idle, receiver_waits, sender_waits, special };

struct channel {
  message value;                    // the message of a sender that waits
  task* waiter = nullptr;           // who waits: sender or receiver
  message* target = nullptr;        // receiver_waits: where it wants the message
  special_channel* more = nullptr;  // special
  std::uint32_t number = 0;         // in its graph
  channel_state now = channel_state::idle;

  // A send with the receiver already there: hands over, true. Else nothing happens.
  bool hand_over(message& m) noexcept {
    if (now != channel_state::receiver_waits) return false;
    std::construct_at(target, std::move(m));
    now = channel_state::idle;
    waiter->here().complete_one(*waiter);
    return true;
  }

  // A receive with the sender already there: takes its message, true. `into` must be `none`.
  bool take(message& into) noexcept {
    if (now != channel_state::sender_waits) return false;
    std::construct_at(&into, std::move(value));
    now = channel_state::idle;
    waiter->here().complete_one(*waiter);
    return true;
  }

  // The other side is not there. The caller has counted the channel in `t.outstanding`.
  void park_sender(task& t) noexcept {
    waiter = &t;
    now = channel_state::sender_waits;
  }
  void park_receiver(task& t, message& into) noexcept {
    waiter = &t;
    target = &into;
    now = channel_state::receiver_waits;
  }

  [[nodiscard]] bool is_special() const noexcept { return now == channel_state::special; }
};

static_assert(sizeof(channel) <= 48);

}  // namespace nevaperf::runtime
