// A channel: one sender, one receiver, unbuffered: a send ends when its message was taken.
//
// The common case is decided by one byte: `receiver_waits` when sending, `sender_waits` when receiving. Everything that
// is not a plain channel inside one cluster (a slot of a select) sets the bit `special`, so that the fast test fails
// and the work is done out of line. Plain channels never pay for what they do not use.
//
// Invariants: `value` holds a message only between the start of a send and its end. `waiter` and `target` count only while
// somebody waits.
//
// Thread safety: owner only (the cluster of its nodes).
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "runtime/message/message.hpp"
#include "runtime/schedule/cluster.hpp"

namespace nevaperf::runtime {

class selector;

struct channel {
  enum class state : std::uint8_t {
    idle = 0,
    receiver_waits = 1,
    sender_waits = 2,
    special = 0x80,         // a slot of a select: out of line
    special_parked = 0x82,  // the same, with a sender that waits
  };

  message value;           // the message of a sender that waits
  task* waiter = nullptr;  // who waits: sender or receiver
  union {
    message* target = nullptr;  // receiver_waits: where it wants the message
    channel* next_parked;       // special_parked: the next in order of arrival
  };
  selector* group = nullptr;  // special: the select that receives here
  std::uint32_t number = 0;   // in its graph
  std::uint16_t slot = 0;     // special: its place in the select
  state now = state::idle;

  // A send with the receiver already there: hands over, true. Else nothing happens.
  bool hand_over(message& m) noexcept {
    if (now != state::receiver_waits) return false;
    std::construct_at(target, std::move(m));
    now = state::idle;
    waiter->home->complete_one(*waiter);
    return true;
  }

  // A receive with the sender already there: takes its message, true. `into` must be `none`.
  bool take(message& into) noexcept {
    if (now != state::sender_waits) return false;
    std::construct_at(&into, std::move(value));
    now = state::idle;
    waiter->home->complete_one(*waiter);
    return true;
  }

  // The other side is not there. The caller has counted the channel in `t.outstanding`.
  void park_sender(task& t) noexcept {
    waiter = &t;
    now = state::sender_waits;
  }
  void park_receiver(task& t, message& into) noexcept {
    waiter = &t;
    target = &into;
    now = state::receiver_waits;
  }

  [[nodiscard]] bool is_special() const noexcept { return now >= state::special; }
};

static_assert(sizeof(channel) <= 56);

}  // namespace nevaperf::runtime
