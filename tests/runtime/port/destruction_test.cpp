// A graph that is destroyed, wherever its nodes are suspended, leaves no message behind.
#include <functional>

#include "runtime/port/ports.hpp"
#include "tests/runtime/port/nodes.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;

namespace {

node_task keep_and_receive(input from) {
  const message kept = long_text(99);
  for (;;) const message m = co_await from.receive();
}

node_task receive_two(input left, input right) {
  co_await receive_both(left, right);
}

node_task receive_slots(std::span<channel* const> from) {
  std::vector<message> values(from.size());
  for (;;) co_await receive_all(from, values);
}

node_task send_slots(std::span<channel* const> to) {
  const message m = long_text(3);
  for (;;) co_await send_all(to, m);
}

node_task select_slots(selector& which) {
  for (;;) co_await which.select();
}

node_task select_and_receive(selector& which, std::span<channel* const> from) {
  std::vector<message> values(from.size());
  for (;;) co_await select_and_receive_all(which, from, values);
}

void add_sender(graph& g, channel& c, int count) {
  std::vector<message> all;
  for (int i = 0; i < count; ++i) all.push_back(long_text(i));
  g.add_node("sender", {}, {&c}, [&] { return send_each(output(c), std::move(all)); });
}

struct situation {
  const char* name;
  std::function<void(graph&, std::vector<channel*>&)> wire;  // three channels to use
};

const std::vector<situation>& situations() {
  static const std::vector<situation> all{
      {"a sender waits for a receiver that does not come",
       [](graph& g, auto& c) {
         add_sender(g, *c[0], 3);
         g.add_node("idle", {c[0]}, {}, [&] { return receive_once(input(*c[0])); });
       }},
      {"a sender whose channel has no receiver at all",
       [](graph& g, auto& c) { add_sender(g, *c[0], 1); }},
      {"a receiver waits with a message in its hands",
       [](graph& g, auto& c) {
         add_sender(g, *c[0], 2);
         g.add_node("keeper", {c[0]}, {}, [&] { return keep_and_receive(input(*c[0])); });
       }},
      {"half of a pair is there",
       [](graph& g, auto& c) {
         add_sender(g, *c[0], 2);
         g.add_node("pair", {c[0], c[1]}, {},
                    [&] { return receive_two(input(*c[0]), input(*c[1])); });
       }},
      {"the other half of a pair is there",
       [](graph& g, auto& c) {
         g.add_node("pair", {c[0], c[1]}, {},
                    [&] { return receive_two(input(*c[0]), input(*c[1])); });
         add_sender(g, *c[1], 2);
       }},
      {"some slots of receive_all are there",
       [](graph& g, auto& c) {
         add_sender(g, *c[0], 2);
         g.add_node("all", c, {}, [&] { return receive_slots(c); });
         add_sender(g, *c[2], 2);
       }},
      {"some slots of send_all were taken",
       [](graph& g, auto& c) {
         g.add_node("all", {}, c, [&] { return send_slots(c); });
         g.add_node("idle", {c[1]}, {}, [&] { return receive_once(input(*c[1])); });
         g.add_node("idle", {c[0]}, {}, [&] { return receive_once(input(*c[0])); });
         g.add_node("keeper", {c[2]}, {}, [&] { return keep_and_receive(input(*c[2])); });
       }},
      {"senders queue at a select that does not run",
       [](graph& g, auto& c) {
         add_selector(g, c);
         for (channel* one : c) add_sender(g, *one, 2);
         g.add_node("absent", c, {}, [&] { return []() -> node_task { co_return; }(); });
       }},
      {"a select waits",
       [](graph& g, auto& c) {
         selector& which = add_selector(g, c);
         g.add_node("select", c, {}, [&] { return select_slots(which); });
         add_sender(g, *c[1], 2);
       }},
      {"a select is there, the others are not",
       [](graph& g, auto& c) {
         const std::span<channel* const> slots(c.data(), 2);
         selector& which = add_selector(g, slots);
         add_sender(g, *c[0], 2);
         g.add_node("select", c, {},
                    [&] { return select_and_receive(which, std::span<channel* const>(&c[2], 1)); });
       }},
      {"the others are there, the select is not",
       [](graph& g, auto& c) {
         const std::span<channel* const> slots(c.data(), 2);
         selector& which = add_selector(g, slots);
         g.add_node("select", c, {},
                    [&] { return select_and_receive(which, std::span<channel* const>(&c[2], 1)); });
         add_sender(g, *c[2], 2);
       }},
  };
  return all;
}

}  // namespace

TEST_CASE("a graph destroyed before it starts, or after any number of steps, leaves no message") {
  for (const situation& s : situations()) {
    const std::int64_t live_before = live_payloads();
    for (std::uint64_t steps = 0; steps < 12; ++steps) {
      INFO(s.name << ", " << steps << " steps");
      {
        graph g;
        std::vector<channel*> channels = add_channels(g, 3);
        s.wire(g, channels);
        if (steps > 0) g.run_some(steps);
      }
      CHECK(live_payloads() == live_before);
    }
    INFO(s.name << ", to the deadlock");
    {
      graph g;
      std::vector<channel*> channels = add_channels(g, 3);
      s.wire(g, channels);
      CHECK(g.run().how == outcome::kind::deadlocked);
    }
    CHECK(live_payloads() == live_before);
  }
}

TEST_CASE("messages in flight at the end of a run are dropped") {
  const std::int64_t live_before = live_payloads();
  {
    std::vector<message> got;
    graph g;
    const std::vector<channel*> c = add_channels(g, 3);
    add_sender(g, *c[0], 100);
    g.add_node("relay", {c[0]}, {c[1]}, [&] { return pass_on(input(*c[0]), output(*c[1])); });
    g.add_node("relay", {c[1]}, {c[2]}, [&] { return pass_on(input(*c[1]), output(*c[2])); });
    g.add_node("end", {c[2]}, {}, [&] { return collect_and_end(input(*c[2]), 5, got, g.home()); });
    CHECK(g.run().how == outcome::kind::stopped);
    CHECK(got.size() == 5);
    CHECK(live_payloads() > live_before + 5);
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("a failure in a node destroys what it held") {
  const std::int64_t live_before = live_payloads();
  {
    graph g;
    channel& c = g.add_channel();
    add_sender(g, c, 3);
    g.add_node("strict", {&c}, {}, [&] {
      return [](input from) -> node_task {
        const message kept = long_text(1);
        from.integer(co_await from.receive());
      }(input(c));
    });
    CHECK(g.run().how == outcome::kind::failed);
  }
  CHECK(live_payloads() == live_before);
}
