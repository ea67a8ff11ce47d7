// Select: the oldest message first, nothing lost, nobody starved.
#include "runtime/port/selector.hpp"

#include "runtime/port/ports.hpp"
#include "tests/runtime/port/nodes.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;

namespace {

using event = std::pair<std::size_t, std::string>;  // slot, text

node_task select_each(selector& from, std::vector<event>& log) {
  for (;;) {
    const selected one = co_await from.select();
    log.emplace_back(one.slot, text_of(one.value));
  }
}

// Selects only after a message on `gate`: senders find it busy until then.
node_task select_after(input gate, selector& from, std::vector<event>& log) {
  co_await gate.receive();
  for (;;) {
    const selected one = co_await from.select();
    log.emplace_back(one.slot, text_of(one.value));
  }
}

// Waits for the baton, passes it on just before it begins to send: the next sender is causally
// later.
node_task send_in_turn(input turn, output to, std::int64_t number, output next) {
  co_await turn.receive();
  co_await next.send(message::boolean(true));
  co_await to.send(message::integer(number));
  co_await forever{};
}

// Sends to slots one after the other.
node_task send_to_each(std::vector<output> to) {
  std::int64_t number = 0;
  for (const output& o : to) co_await o.send(message::integer(number++));
  co_await forever{};
}

node_task select_with_others(selector& which, std::span<channel* const> others,
                             std::vector<std::string>& log) {
  for (;;) {
    std::vector<message> values(others.size());
    const selected one = co_await select_and_receive_all(which, others, values);
    std::string line = std::to_string(one.slot) + " " + text_of(one.value) + ":";
    for (const message& v : values) line += " " + text_of(v);
    log.push_back(line);
  }
}

}  // namespace

TEST_CASE("a select gets every message of every slot once, each slot's in order") {
  const std::int64_t live_before = live_payloads();
  for (const std::size_t slots : {1U, 2U, 3U, 17U, 255U, 256U}) {
    for (const bool senders_first : {true, false}) {
      INFO(slots << " slots, senders first: " << senders_first);
      std::vector<event> log;
      graph g;
      const std::vector<channel*> all = add_channels(g, slots);
      selector& which = add_selector(g, all);
      CHECK(which.size() == slots);
      const auto add_receiver = [&] {
        g.add_node("select", all, {}, [&] { return select_each(which, log); });
      };
      if (!senders_first) add_receiver();
      for (std::size_t slot = 0; slot < slots; ++slot) {
        channel& c = *all[slot];
        const auto n = static_cast<std::int64_t>(slot);
        g.add_node("sender", {}, {&c}, [&] {
          return send_each(output(c), {long_text(n), long_text(n + 1000), long_text(n + 2000)});
        });
      }
      if (senders_first) add_receiver();
      g.run();
      REQUIRE(log.size() == 3 * slots);
      std::vector<std::int64_t> seen(slots, 0);
      for (const auto& [slot, text] : log) {
        REQUIRE(slot < slots);
        const auto n = static_cast<std::int64_t>(slot) + 1000 * seen[slot]++;
        REQUIRE(text == text_of(long_text(n)));
      }
    }
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("senders that find the select busy are served in the order in which they began to send") {
  for (const std::size_t slots : {2U, 5U, 64U}) {
    std::vector<event> log;
    graph g;
    const std::vector<channel*> data = add_channels(g, slots);
    const std::vector<channel*> turns = add_channels(g, slots + 1);
    selector& which = add_selector(g, data);
    // The turn goes through the slots in steps of three; the last one opens the gate of the select.
    for (std::size_t i = 0; i < slots; ++i) {
      const std::size_t slot = (i * 3 + 1) % slots;
      channel& turn = *turns[i];
      channel& next = *turns[i + 1];
      g.add_node("sender", {&turn}, {data[slot], &next}, [&] {
        return send_in_turn(input(turn), output(*data[slot]), static_cast<std::int64_t>(i),
                            output(next));
      });
    }
    g.add_node("start", {}, {turns[0]},
               [&] { return send_each(output(*turns[0]), {message::boolean(true)}); });
    std::vector<channel*> ins = data;
    ins.push_back(turns[slots]);
    g.add_node("select", ins, {}, [&] { return select_after(input(*turns[slots]), which, log); });
    g.run();
    REQUIRE(log.size() == slots);
    for (std::size_t i = 0; i < slots; ++i) {
      CHECK(log[i].first == (i * 3 + 1) % slots);
      CHECK(log[i].second == std::to_string(i));
    }
  }
}

TEST_CASE("one sender's messages to several slots arrive in the order of its sends") {
  for (const bool sender_first : {true, false}) {
    std::vector<event> log;
    graph g;
    const std::vector<channel*> all = add_channels(g, 4);
    selector& which = add_selector(g, all);
    const auto add_select = [&] {
      g.add_node("select", all, {}, [&] { return select_each(which, log); });
    };
    if (!sender_first) add_select();
    g.add_node("sender", {}, all, [&] {
      return send_to_each({output(*all[2]), output(*all[0]), output(*all[3]), output(*all[1])});
    });
    if (sender_first) add_select();
    g.run();
    CHECK(log == std::vector<event>{{2, "0"}, {0, "1"}, {3, "2"}, {1, "3"}});
  }
}

TEST_CASE("one send_all to several slots of one select arrives at each") {
  const std::int64_t live_before = live_payloads();
  {
    std::vector<event> log;
    graph g;
    const std::vector<channel*> all = add_channels(g, 3);
    selector& which = add_selector(g, all);
    g.add_node("select", all, {}, [&] { return select_each(which, log); });
    g.add_node("sender", {}, all, [&]() -> node_task {
      return [](std::span<channel* const> to) -> node_task {
        const message m = long_text(1);
        co_await send_all(to, m);
        co_await forever{};
      }(all);
    });
    g.run();
    REQUIRE(log.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(log[i].first == i);
      CHECK(log[i].second == text_of(long_text(1)));
    }
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("select_and_receive_all waits for the select and for every other input") {
  const std::vector<std::string> expected{"1 s: a x", "1 t: b y"};
  // All orders of the three kinds of senders and the receiver.
  std::vector<int> order{0, 1, 2, 3};
  do {
    std::vector<std::string> log;
    graph g;
    const std::vector<channel*> choices = add_channels(g, 2);
    const std::vector<channel*> others = add_channels(g, 2);
    selector& which = add_selector(g, choices);
    std::vector<channel*> ins = choices;
    ins.insert(ins.end(), others.begin(), others.end());
    const auto add_sender = [&](channel& to, std::vector<message> all) {
      g.add_node("sender", {}, {&to}, [&] { return send_each(output(to), std::move(all)); });
    };
    for (const int who : order) {
      if (who == 0)
        g.add_node("receiver", ins, {}, [&] { return select_with_others(which, others, log); });
      if (who == 1) add_sender(*choices[1], {message::string("s"), message::string("t")});
      if (who == 2) add_sender(*others[0], {message::string("a"), message::string("b")});
      if (who == 3) add_sender(*others[1], {message::string("x"), message::string("y")});
    }
    g.run();
    CHECK(log == expected);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a sender that comes late to a waiting select is served at once") {
  std::vector<event> log;
  graph g;
  const std::vector<channel*> all = add_channels(g, 2);
  selector& which = add_selector(g, all);
  channel& relay = g.add_channel();
  g.add_node("select", all, {}, [&] { return select_each(which, log); });
  g.add_node("late", {&relay}, {all[0]}, [&] { return pass_on(input(relay), output(*all[0])); });
  g.add_node("source", {}, {&relay}, [&] { return send_integers(output(relay), 0, 3); });
  g.run();
  CHECK(log == std::vector<event>{{0, "0"}, {0, "1"}, {0, "2"}});
  CHECK(which.waiting() != nullptr);
}
