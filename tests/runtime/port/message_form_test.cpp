// The forms in which messages lie in channels: every value comes out as it went in, and what a
// message costs on its way is what the form says.
#include "runtime/port/message_form.hpp"

#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/port/ports.hpp"
#include "tests/runtime/port/nodes.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;

namespace {

// One or more of each kind, inline and with a payload.
std::vector<message> values() {
  const atom tag = atom::intern("Some");
  return {message::boolean(false),
          message::boolean(true),
          message::integer(0),
          message::integer(255),
          message::integer(256),
          message::integer(-1),
          message::floating(1.5),
          message::string(""),
          message::string("short"),
          long_text(1),
          message::empty(kind::bytes),
          message::bytes("some bytes that are not inline"),
          empty_list(),
          list_append(empty_list(), long_text(2)),
          message::tagged(tag),
          message::tagged(tag, message::integer(7)),
          message::tagged(tag, message::tagged(tag, long_text(3)))};
}

constexpr message_form forms[] = {message_form::tagged16, message_form::tagged48,
                                  message_form::boxed};

node_task select_all(selector& from, std::vector<message>& into) {
  for (;;) into.push_back((co_await from.select()).value);
}

node_task send_then_open(output to, std::vector<message> all, output gate) {
  for (message& m : all) co_await to.send(std::move(m));
  co_await gate.send(message::boolean(true));
}

node_task collect_after(input gate, input from, std::vector<message>& into) {
  co_await gate.receive();
  for (;;) into.push_back(co_await from.receive());
}

}  // namespace

TEST_CASE("a box holds one message, and small values need none") {
  const std::int64_t live_before = live_payloads();
  for (const message& m : values()) {
    const std::int64_t before = live_payloads();
    message packed = packed_in_box(message(m));
    const bool is_small = m.is(kind::boolean) ||
                          (m.is(kind::integer) && m.as_integer() >= 0 && m.as_integer() <= 255);
    CHECK(live_payloads() - before == (is_small ? 0 : 1));
    CHECK(equal(unpacked_from_box(std::move(packed)), m));
    CHECK(live_payloads() == before);
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("a wide ring gives its messages back in order, and says when it is over full") {
  const std::int64_t live_before = live_payloads();
  {
    wide_ring ring(2);
    CHECK(ring.empty());
    std::int64_t next = 0;
    for (std::int64_t i = 0; i < 50; ++i) {
      ring.push(long_text(i));
      CHECK_FALSE(ring.is_over_full());
      ring.push(long_text(i + 100));
      CHECK_FALSE(ring.is_over_full());
      ring.push(message::integer(i));
      CHECK(ring.is_over_full());
      CHECK(equal(ring.pop(), long_text(next++)));
      CHECK(equal(ring.pop(), long_text(i + 100)));
      CHECK(equal(ring.pop(), message::integer(i)));
      CHECK(ring.empty());
    }
    ring.push(long_text(0));  // dropped with the ring
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("every value passes every form, through buffers, a waiting receiver and a select") {
  for (const message_form form : forms) {
    for (const std::size_t capacity : {0U, 1U, 3U, 64U}) {
      for (const int way : {0, 1, 2}) {
        INFO("form " << static_cast<int>(form) << ", capacity " << capacity << ", way " << way);
        const std::int64_t live_before = live_payloads();
        {
          std::vector<message> got;
          graph g;
          channel& c = g.add_channel();
          const std::vector<channel*> slots{&c, &g.add_channel()};
          const auto add_receiver = [&] {
            if (way == 2)
              g.add_node("select", slots, {},
                         [&] { return select_all(add_selector(g, slots), got); });
            else
              g.add_node("receiver", {&c}, {}, [&] { return collect(input(c), got); });
          };
          if (way == 1) add_receiver();
          g.add_node("sender", {}, {&c}, [&] { return send_each(output(c), values()); });
          if (way != 1) add_receiver();
          g.use_channels({.capacity = capacity, .message = form});
          g.run();
          const std::vector<message> wanted = values();
          REQUIRE(got.size() == wanted.size());
          for (std::size_t i = 0; i < got.size(); ++i) CHECK(equal(got[i], wanted[i]));
        }
        CHECK(live_payloads() == live_before);
      }
    }
  }
}

TEST_CASE("in every form a buffer lets as many sends go ahead as it has room") {
  for (const message_form form : forms) {
    for (const std::size_t room : {2U, 3U, 4U}) {
      std::vector<message> got;
      graph g;
      channel& c = g.add_channel();
      channel& gate = g.add_channel();
      add_buffer(gate, 1);
      add_buffer(c, room);
      use_form(c, form);
      g.add_node("sender", {}, {&c, &gate}, [&] {
        return send_then_open(output(c), {long_text(0), long_text(1), long_text(2)}, output(gate));
      });
      g.add_node("receiver", {&gate, &c}, {},
                 [&] { return collect_after(input(gate), input(c), got); });
      g.run();
      CHECK(got.size() == (room < 3 ? 0 : 3));
    }
  }
}

TEST_CASE("a channel knows whether messages are in it, in every form") {
  for (const message_form form : forms) {
    graph g;
    channel& c = g.add_channel();
    add_buffer(c, 2);
    use_form(c, form);
    CHECK(c.more->is_empty());
    g.add_node("sender", {}, {&c}, [&] { return send_integers(output(c), 1000, 1); });
    g.add_node("deaf", {&c}, {}, [&] { return []() -> node_task { co_return; }(); });
    g.run();
    CHECK_FALSE(c.more->is_empty());
  }
}
