// What a channel needs that is more than a plain one: a place in a select, a buffer, ends in
// different clusters.
//
// Plain channels become special while the graph is wired (`join_selector`, `add_buffer`) or, by the
// worker that runs both ends, when one end moves to another cluster (`share`).
//
// A shared channel is locked by the lock of the select it belongs to, else by its own; it is held
// for a few instructions, never while a node runs. Completions to another cluster go through its
// inbox.
//
// What few channels need (the lock, the observer, a variant) is behind one flag, `guarded`: an
// operation tests it once, so that an observer that is not there costs nothing more than the lock
// that is not needed.
//
// Thread safety: as a channel; shared ones: any worker.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/port/channel.hpp"
#include "runtime/port/message_form.hpp"

namespace nevaperf::runtime {

class helped_end;
class observer;
class selector;
class slot_pool;
enum class order_policy : std::uint8_t;
enum class wait_reason : std::uint8_t;

// Held for a few instructions by workers that do not block while they hold it.
class spin_lock {
 public:
  void lock() noexcept;
  // acquire: sees what the last owner did
  bool try_lock() noexcept { return !held_.exchange(true, std::memory_order_acquire); }
  // release: what was done under the lock is seen by the next owner
  void unlock() noexcept { held_.store(false, std::memory_order_release); }

 private:
  std::atomic<bool> held_ = false;
};

// Messages on their way through a buffered channel, oldest first.
class message_ring {
 public:
  void reserve(std::size_t capacity) { cells_.resize(capacity); }  // while empty
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] bool full() const { return count_ == cells_.size(); }
  void push(message&& m) { cells_[(first_ + count_++) % cells_.size()] = std::move(m); }
  message pop() {
    message m = std::move(cells_[first_]);
    first_ = (first_ + 1) % cells_.size();
    --count_;
    return m;
  }

 private:
  std::vector<message> cells_;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
};

struct special_channel {
  special_channel() noexcept;
  special_channel(const special_channel&) = delete;
  special_channel& operator=(const special_channel&) = delete;
  ~special_channel();

  channel_state now = channel_state::idle;  // idle, receiver_waits or sender_waits
  bool guarded = false;                     // shared, watched or a variant
  bool shared = false;
  std::uint16_t slot = 0;     // in the select
  selector* group = nullptr;  // the select that receives here
  std::size_t capacity = 0;
  message_ring buffer;
  spin_lock own_lock;
  observer* watcher = nullptr;
  completion to_sender;
  completion to_receiver;
  message_form form = message_form::tagged16;
  std::unique_ptr<wide_ring> wide;        // tagged48: instead of the buffer
  std::unique_ptr<helped_end> receiving;  // if helpers work there
  std::unique_ptr<helped_end> sending;

  [[nodiscard]] spin_lock& lock() noexcept;
  // No message in a buffer.
  [[nodiscard]] bool is_empty() const noexcept;
  // From now on operations look at what only guarded channels have.
  void guard() noexcept;
};

// Ends in different clusters from now on. To be called by the worker that runs both ends, or when
// it is so already.
void share(channel& c);
// A buffer for `capacity` messages: a send ends when there is room. While the graph is wired.
void add_buffer(channel& c, std::size_t capacity);

// The order of the select that receives here, if one does. While the graph is wired.
void order_select(channel& c, order_policy policy);

// How messages lie in this channel. While the graph is wired.
void use_form(channel& c, message_form form);

// Helpers do the part of this channel when its receiver (its sender) works on several channels at
// once: those of the pool, or one for each operation if there is none. Not for slots of a select,
// which has helpers of its own. While the graph is wired. slot_helper.hpp.
void help_receiver(channel& c, slot_pool* pool, bool is_pooled);
void help_sender(channel& c, slot_pool* pool, bool is_pooled);

// Tells `watcher` about every operation from now on. Before the run.
void watch(channel& c, observer& watcher);

// Frees what makes a channel special, and its messages.
void discard(channel& c) noexcept;

namespace detail {

struct sides;

// For selects, under their lock: a message of `c` was taken from its buffer or its sender. The
// sender that waits, if there is one, goes on; its message takes the free place in the buffer.
void release_sender(channel& c) noexcept;
// Of a guarded channel: its oldest message, as nodes know it.
[[nodiscard]] message next_message(channel& c) noexcept;
void tell_receives(const channel& c, const task& receiver) noexcept;
void tell_waits(const channel& c, const task& t, wait_reason why) noexcept;

}  // namespace detail

// The sender's side: `c.value` holds the message. True: the send is done; false: `t` is parked.
bool special_send(channel& c, task& t) noexcept;
// The receiver's side. True: `into` holds the message; false: `t` is parked. Not for slots of a
// select.
bool special_receive(channel& c, task& t, message& into) noexcept;
// The same for one of several channels of an operation.
bool special_send_slot(channel& c, task& t) noexcept;
bool special_receive_slot(channel& c, task& t, message& into) noexcept;

}  // namespace nevaperf::runtime
