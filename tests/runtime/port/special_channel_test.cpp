// Buffered channels: sends go ahead as far as there is room, and nothing else changes.
#include "runtime/port/special_channel.hpp"

#include "runtime/port/ports.hpp"
#include "tests/runtime/port/nodes.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;

namespace {

node_task send_counting(output to, std::int64_t count, std::int64_t& sent) {
  for (std::int64_t i = 0; i < count; ++i) {
    co_await to.send(long_text(i));
    ++sent;
  }
  co_await forever{};
}

node_task receive_rounds(std::span<channel* const> from, std::size_t& rounds) {
  for (;;) {
    std::vector<message> values(from.size());
    co_await receive_all(from, values);
    ++rounds;
  }
}

node_task select_after(input gate, selector& from, std::vector<std::string>& log) {
  co_await gate.receive();
  for (;;) {
    const selected one = co_await from.select();
    log.push_back(std::to_string(one.slot) + ":" + text_of(one.value));
  }
}

// Two messages to each in turn, then opens the gate.
node_task send_in_turns(output a, output b, output gate) {
  for (std::int64_t i = 0; i < 2; ++i) {
    co_await a.send(message::integer(i));
    co_await b.send(message::integer(i));
  }
  co_await gate.send(message::boolean(true));
  co_await forever{};
}

constexpr std::size_t capacities[] = {0, 1, 2, 16, 64, 256};

}  // namespace

TEST_CASE("a buffer lets as many sends go ahead as it has room") {
  const std::int64_t live_before = live_payloads();
  for (const std::size_t capacity : capacities) {
    std::int64_t sent = 0;
    {
      graph g;
      channel& c = g.add_channel();
      add_buffer(c, capacity);
      g.add_node("sender", {}, {&c}, [&] { return send_counting(output(c), 1000, sent); });
      g.add_node("deaf", {&c}, {}, [&] { return []() -> node_task { co_return; }(); });
      const outcome how = g.run();
      CHECK(how.how == outcome::kind::deadlocked);
      CHECK(how.text.find("sender:out[0] waits to send to deaf:in[0]") != std::string::npos);
      CHECK(sent == static_cast<std::int64_t>(capacity));
    }
    CHECK(live_payloads() == live_before);  // with what was in the buffer
  }
}

TEST_CASE("messages through a buffer arrive once and in order") {
  for (const std::size_t capacity : capacities) {
    for (const bool receiver_first : {true, false}) {
      INFO("capacity " << capacity << ", receiver first: " << receiver_first);
      std::int64_t sent = 0;
      std::vector<message> got;
      graph g;
      channel& c = g.add_channel();
      add_buffer(c, capacity);
      const auto add_receiver = [&] {
        g.add_node("receiver", {&c}, {}, [&] { return collect(input(c), got); });
      };
      if (receiver_first) add_receiver();
      g.add_node("sender", {}, {&c}, [&] { return send_counting(output(c), 700, sent); });
      if (!receiver_first) add_receiver();
      g.run();
      REQUIRE(got.size() == 700);
      for (std::size_t i = 0; i < got.size(); ++i)
        REQUIRE(equal(got[i], long_text(static_cast<std::int64_t>(i))));
    }
  }
}

TEST_CASE("buffers of different sizes at one node do not mix up its rounds") {
  std::size_t rounds = 0;
  std::vector<std::int64_t> sent(4, 0);
  graph g;
  const std::vector<channel*> c = add_channels(g, 4);
  for (std::size_t i = 0; i < c.size(); ++i) {
    add_buffer(*c[i], i * 3);
    g.add_node("sender", {}, {c[i]}, [&] { return send_counting(output(*c[i]), 100, sent[i]); });
  }
  g.add_node("all", c, {}, [&] { return receive_rounds(c, rounds); });
  g.run();
  CHECK(rounds == 100);
  for (const std::int64_t n : sent) CHECK(n == 100);
}

TEST_CASE("a select over buffers gives the oldest message first, buffered before it or after") {
  for (const bool buffers_first : {true, false}) {
    for (const std::size_t capacity : {1U, 2U, 5U}) {
      INFO("capacity " << capacity << ", buffers first: " << buffers_first);
      std::vector<std::string> log;
      graph g;
      const std::vector<channel*> slots = add_channels(g, 2);
      channel& gate = g.add_channel();
      if (buffers_first)
        for (channel* c : slots) add_buffer(*c, capacity);
      selector& which = add_selector(g, slots);
      if (!buffers_first)
        for (channel* c : slots) add_buffer(*c, capacity);
      if (capacity == 1) {
        // The second round waits for room: the gate would never open.
        add_buffer(gate, 1);
        g.add_node("opener", {}, {&gate}, [&] { return send_integers(output(gate), 0, 1); });
        channel& unused = g.add_channel();
        add_buffer(unused, 1);
        g.add_node("sender", {}, {slots[0], slots[1], &unused}, [&] {
          return send_in_turns(output(*slots[0]), output(*slots[1]), output(unused));
        });
      } else {
        g.add_node("sender", {}, {slots[0], slots[1], &gate}, [&] {
          return send_in_turns(output(*slots[0]), output(*slots[1]), output(gate));
        });
      }
      const std::vector<channel*> ins{slots[0], slots[1], &gate};
      g.add_node("select", ins, {}, [&] { return select_after(input(gate), which, log); });
      g.run();
      CHECK(log == std::vector<std::string>{"0:0", "1:0", "0:1", "1:1"});
    }
  }
}
