// Ports: what a node holds of the channels it is wired to.
//
// All operations are awaited by the node itself: `message m = co_await data.receive(); co_await
// res.send(m);`. Operations on several channels (receive_all, send_all) wait for all of them at
// once, in no fixed order, as one suspended operation: there is no task per slot, and senders may
// come in any order without a deadlock.
//
// The checked accessors (`boolean`, `integer`, ...) throw `unexpected_value`, which ends the run
// with the node, the port and the value.
//
// Thread safety: owner only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/port/channel.hpp"
#include "runtime/port/selector.hpp"

namespace nevaperf::runtime {

// A node got a message that it cannot work with. Thrown inside nodes only; a run never lets it out.
struct unexpected_value {
  const channel* at;     // null: not at a port
  std::string expected;  // "an int", "a struct with a field 'name'"
  std::string got;       // the kind and the (shortened) text of the message
};

[[noreturn]] void throw_unexpected(const channel* at, std::string_view expected, const message& m);

namespace detail {

// The first half of an operation whose partner may be missing; true: `t` is parked. One receive,
// not on a select.
inline bool start_receive(channel& c, task& t, message& into) noexcept {
  if (c.is_special()) [[unlikely]]
    return !special_receive(c, t, into);
  c.park_receiver(t, into);
  return true;
}

// `c.value` holds the message, and no receiver of a plain channel waits.
inline bool start_send(channel& c, task& t) noexcept {
  if (c.is_special()) [[unlikely]]
    return !special_send(c, t);
  c.park_sender(t);
  return true;
}

}  // namespace detail

class input {
 public:
  input() = default;
  explicit input(channel& c) : channel_(&c) {}

  [[nodiscard]] auto receive() const noexcept {
    struct awaiter {
      channel* from;
      message result;
      bool await_ready() noexcept { return from->take(result); }
      bool await_suspend(node_task::handle h) noexcept {
        h.promise().outstanding = 1;
        return detail::start_receive(*from, h.promise(), result);
      }
      message await_resume() noexcept { return std::move(result); }
    };
    return awaiter{channel_, {}};
  }

  // `m`, received here, must be of the kind, else the run fails.
  bool boolean(const message& m) const { return expect(m, kind::boolean).as_boolean(); }
  std::int64_t integer(const message& m) const { return expect(m, kind::integer).as_integer(); }
  double floating(const message& m) const { return expect(m, kind::floating).as_floating(); }
  std::string_view string(const message& m) const { return expect(m, kind::string).as_string(); }
  std::string_view bytes(const message& m) const { return expect(m, kind::bytes).as_bytes(); }
  const message& expect(const message& m, kind k) const {
    if (!m.is(k)) [[unlikely]]
      throw_wrong_kind(k, m);
    return m;
  }
  [[noreturn]] void reject(std::string_view expected, const message& m) const {
    throw_unexpected(channel_, expected, m);
  }

  [[nodiscard]] channel* raw() const { return channel_; }

 private:
  [[noreturn]] void throw_wrong_kind(kind k, const message& m) const;
  channel* channel_ = nullptr;
};

class output {
 public:
  output() = default;
  explicit output(channel& c) : channel_(&c) {}

  // The message leaves the caller at once; the send ends when it was taken.
  [[nodiscard]] auto send(message&& m) const noexcept {
    struct awaiter {
      channel* to;  // null: it was taken
      bool await_ready() noexcept { return to == nullptr; }
      bool await_suspend(node_task::handle h) noexcept {
        h.promise().outstanding = 1;
        return detail::start_send(*to, h.promise());
      }
      void await_resume() noexcept {}
    };
    if (channel_->hand_over(m)) return awaiter{nullptr};
    std::construct_at(&channel_->value, std::move(m));
    return awaiter{channel_};
  }
  [[nodiscard]] auto send(const message& m) const noexcept { return send(message(m)); }

  [[nodiscard]] channel* raw() const { return channel_; }

 private:
  channel* channel_ = nullptr;
};

namespace detail {

// Starts receiving on all channels at once; true if something is still missing (`t` is then parked
// on those).
bool start_receive_all(task& t, std::span<channel* const> from, message* into) noexcept;
bool start_send_all(task& t, std::span<channel* const> to, const message& m) noexcept;

struct receive_all_awaiter {
  std::span<channel* const> from;
  message* into;
  static bool await_ready() noexcept { return false; }
  bool await_suspend(node_task::handle h) const noexcept {
    return start_receive_all(h.promise(), from, into);
  }
  static void await_resume() noexcept {}
};

struct send_all_awaiter {
  std::span<channel* const> to;
  const message* value;
  static bool await_ready() noexcept { return false; }
  bool await_suspend(node_task::handle h) const noexcept {
    return start_send_all(h.promise(), to, *value);
  }
  static void await_resume() noexcept {}
};

}  // namespace detail

// One message from every channel: `into[i]` from `from[i]`. `into` must hold `none`s and live until
// the end.
inline auto receive_all(std::span<channel* const> from, std::span<message> into) noexcept {
  return detail::receive_all_awaiter{from, into.data()};
}

// The same message to every channel, each exactly once. `m` must live until the end.
inline auto send_all(std::span<channel* const> to, const message& m) noexcept {
  return detail::send_all_awaiter{to, &m};
}

// Two inputs, received concurrently: `auto [l, r] = co_await receive_both(left, right);`
inline auto receive_both(input first, input second) noexcept {
  struct awaiter {
    channel* a;
    channel* b;
    std::pair<message, message> got;
    static bool await_ready() noexcept { return false; }
    bool await_suspend(node_task::handle h) noexcept {
      task& t = h.promise();
      t.outstanding = 0;
      if (!a->take(got.first) && detail::start_receive(*a, t, got.first)) ++t.outstanding;
      if (!b->take(got.second) && detail::start_receive(*b, t, got.second)) ++t.outstanding;
      return t.outstanding != 0;
    }
    std::pair<message, message> await_resume() noexcept { return std::move(got); }
  };
  return awaiter{first.raw(), second.raw(), {}};
}

// The oldest message of a select and one message from every channel, all awaited together.
inline auto select_and_receive_all(selector& which, std::span<channel* const> from,
                                   std::span<message> into) noexcept {
  struct awaiter {
    selector* which;
    std::span<channel* const> from;
    message* into;
    selected result;
    static bool await_ready() noexcept { return false; }
    bool await_suspend(node_task::handle h) noexcept {
      task& t = h.promise();
      detail::start_receive_all(t, from, into);
      if (!which->take_or_wait(t, result)) ++t.outstanding;
      return t.outstanding != 0;
    }
    selected await_resume() noexcept { return std::move(result); }
  };
  return awaiter{&which, from, into.data(), {}};
}

// An array port, one channel a slot.
class array_input {
 public:
  array_input() = default;
  explicit array_input(std::span<channel* const> slots) : slots_(slots) {}
  [[nodiscard]] std::size_t size() const { return slots_.size(); }
  [[nodiscard]] std::span<channel* const> channels() const { return slots_; }
  [[nodiscard]] input operator[](std::size_t slot) const { return input(*slots_[slot]); }
  [[nodiscard]] auto receive_all(std::span<message> into) const noexcept {
    return runtime::receive_all(slots_, into);
  }

 private:
  std::span<channel* const> slots_;
};

class array_output {
 public:
  array_output() = default;
  explicit array_output(std::span<channel* const> slots) : slots_(slots) {}
  [[nodiscard]] std::size_t size() const { return slots_.size(); }
  [[nodiscard]] std::span<channel* const> channels() const { return slots_; }
  [[nodiscard]] output operator[](std::size_t slot) const { return output(*slots_[slot]); }
  [[nodiscard]] auto send_all(const message& m) const noexcept {
    return runtime::send_all(slots_, m);
  }

 private:
  std::span<channel* const> slots_;
};

}  // namespace nevaperf::runtime
