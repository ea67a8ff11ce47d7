// Select: the receiving end of several channels, of which it takes the oldest message.
//
// The node registers once for all its channels, when it is wired. Messages of senders that find it
// busy queue up in the order in which their sends began, so the oldest is the first in the queue:
// no polling, no order stamps, and the cost does not grow with the number of slots (the other
// orders of arrivals.hpp are to be measured). Order guarantee: of two sends of which one causally
// precedes the other, the earlier is delivered first, also between clusters: a send takes its place
// in the queue before it can wake anybody.
//
// Thread safety: the receiving side: the node; the sending side is reached through
// special_channel.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "runtime/port/arrivals.hpp"
#include "runtime/port/special_channel.hpp"

namespace nevaperf::runtime {

struct selected {
  std::size_t slot = 0;
  message value;
};

class selector {
 public:
  // Takes over the receiving ends. `slots` must live as long as this.
  explicit selector(std::span<channel* const> slots);
  selector(const selector&) = delete;
  selector& operator=(const selector&) = delete;
  ~selector();

  [[nodiscard]] std::size_t size() const { return slots_.size(); }
  [[nodiscard]] std::span<channel* const> slots() const { return slots_; }
  [[nodiscard]] const task* waiting() const { return waiter_; }
  [[nodiscard]] bool is_shared() const { return shared_; }

  // co_await select() gives the slot and the message.
  auto select() noexcept {
    struct awaiter {
      selector* from;
      selected result;
      static bool await_ready() noexcept { return false; }
      bool await_suspend(node_task::handle h) noexcept {
        h.promise().outstanding = 1;
        return !from->take_or_wait(h.promise(), result);
      }
      selected await_resume() noexcept { return std::move(result); }
    };
    return awaiter{this, {}};
  }

  struct turn {
    selected got;           // without a value: no message was there
    bool is_quiet = false;  // nor can any other node of the graph act
  };
  // co_await poll(): gives all other ready nodes a turn, then takes the oldest message if there is
  // one.
  auto poll() noexcept {
    struct awaiter {
      selector* from;
      task* self;
      static bool await_ready() noexcept { return false; }
      void await_suspend(node_task::handle h) noexcept {
        self = &h.promise();
        self->here().make_ready(*self);
      }
      turn await_resume() noexcept { return from->take_now(*self); }
    };
    return awaiter{this, nullptr};
  }

  // Helpers do the receiving: those of the pool, or one for each slot and operation. While the
  // graph is wired. slot_helper.hpp.
  void use_helpers(slot_pool* pool, bool is_pooled);
  // For the helper of a slot: takes the oldest message for the node, or may be woken from now on.
  void look(std::size_t slot) noexcept;
  // For the helper that was woken.
  void forward() noexcept;
  // For a helper of a pool: as `take_or_wait`, and reports to `t`.
  void take_or_wait_for(task& t, selected& into) noexcept;

  // The oldest message, or `t` is registered for the next (the caller has counted it in
  // `t.outstanding`).
  bool take_or_wait(task& t, selected& into) noexcept;

 private:
  friend void share(channel& c);
  friend void add_buffer(channel& c, std::size_t capacity);
  friend void order_select(channel& c, order_policy policy);
  friend struct detail::sides;
  friend struct special_channel;

  template <bool is_guarded>
  bool take(task& t, selected& into) noexcept;
  template <bool is_guarded>
  bool take_or_register(task& t, selected& into) noexcept;
  template <bool is_guarded>
  void deliver(channel& c) noexcept;
  bool guarded_take_or_wait(task& t, selected& into) noexcept;
  bool take_or_register_locked(task& t, selected& into) noexcept;
  void start_helpers(task& t, selected& into) noexcept;
  void take_for_node() noexcept;
  [[nodiscard]] std::unique_lock<spin_lock> lock_if_shared() noexcept;
  [[nodiscard]] bool has_helper_each_slot() const noexcept;
  // A message came to that slot.
  void wake_helper(std::size_t slot) noexcept;
  turn take_now(task& t) noexcept;

  struct helped {
    slot_pool* pool = nullptr;
    std::vector<helped_end> ends;          // without a pool: of each slot
    std::vector<std::uint8_t> is_waiting;  // that helper has looked in vain
    bool is_open = false;                  // no helper takes the message of this operation yet
  };

  std::span<channel* const> slots_;
  std::size_t room_;  // messages that can be there at once
  arrivals arrivals_;
  task* waiter_ = nullptr;  // the node, while it waits
  selected* target_ = nullptr;
  completion to_receiver_;
  bool guarded_ = false;  // one of its channels is
  bool shared_ = false;
  spin_lock lock_;
  std::unique_ptr<helped> helped_;
};

}  // namespace nevaperf::runtime
