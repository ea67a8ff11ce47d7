// Graphs of odd shapes and sizes: circles, the widest ports, a million nodes, messages of 100 MB,
// values a million deep.
#include <algorithm>
#include <array>
#include <string>

#include "runtime/message/list.hpp"
#include "runtime/port/ports.hpp"
#include "runtime/port/special_channel.hpp"
#include "runtime/program/call.hpp"
#include "tests/runtime/port/nodes.hpp"
#include "tests/runtime/robustness/counters.hpp"
#include "tests/runtime/variants.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;

namespace {

void run_on(graph& g, unsigned workers) {
  g.use_workers(workers,
                workers > 1 ? scheduler::placement::spread : scheduler::placement::adaptive);
}

constexpr std::array worker_counts{1U, 3U};
constexpr std::int64_t rounds = 300;

node_task talk_to_itself(output to, input from, cluster& home, std::int64_t& sum) {
  for (std::int64_t i = 0; i < rounds; ++i) {
    co_await to.send(message::integer(i));
    sum += from.integer(co_await from.receive());
  }
  home.end({});
}

node_task send_to_slots(std::span<channel* const> to) {
  for (std::int64_t i = 0; i < rounds; ++i) {
    const message m = message::integer(i);
    co_await send_all(to, m);
  }
  co_await forever{};
}

node_task sum_slots(std::span<channel* const> from, cluster& home, std::int64_t& sum) {
  std::vector<message> values(from.size());
  for (std::int64_t i = 0; i < rounds; ++i) {
    co_await receive_all(from, values);
    for (message& m : values) sum += std::exchange(m, message()).as_integer();
  }
  home.end({});
}

node_task sum_selected(selector& which, std::int64_t count, cluster& home, std::int64_t& sum) {
  for (std::int64_t i = 0; i < count; ++i) sum += (co_await which.select()).value.as_integer();
  home.end({});
}

// One message to each channel, in this order, again and again.
node_task send_in_order(std::vector<channel*> order) {
  for (std::int64_t i = 0; i < rounds; ++i)
    for (channel* c : order) co_await output(*c).send(message::integer(i));
  co_await forever{};
}

}  // namespace

TEST_CASE("a node talks to itself through a buffer, and without one is a deadlock that is named") {
  for (const unsigned workers : worker_counts) {
    for (const std::size_t capacity : {0U, 1U}) {
      std::int64_t sum = 0;
      graph g;
      channel& c = g.add_channel();
      add_buffer(c, capacity);
      g.add_node("self", {&c}, {&c},
                 [&] { return talk_to_itself(output(c), input(c), g.home(), sum); });
      run_on(g, workers);
      const outcome how = g.run();
      if (capacity == 0) {
        CHECK(how.how == outcome::kind::deadlocked);
        CHECK(how.text.find("cycle: self -(sends to)-> self") != std::string::npos);
      } else {
        CHECK(how.how == outcome::kind::stopped);
        CHECK(sum == rounds * (rounds - 1) / 2);
      }
    }
  }
}

TEST_CASE("a ring in which every node holds a message is a deadlock of them all") {
  constexpr std::size_t nodes = 1000;
  for (const unsigned workers : worker_counts) {
    graph g;
    const std::vector<channel*> ring = add_channels(g, nodes);
    for (std::size_t i = 0; i < nodes; ++i)
      g.add_node("n" + std::to_string(i), {ring[i]}, {ring[(i + 1) % nodes]}, [&] {
        return [](input from, output to) -> node_task {
          for (;;) {
            co_await to.send(message::integer(1));
            co_await from.receive();
          }
        }(input(*ring[i]), output(*ring[(i + 1) % nodes]));
      });
    run_on(g, workers);
    const outcome how = g.run();
    CHECK(how.how == outcome::kind::deadlocked);
    CHECK(how.text.find("cycle: ") != std::string::npos);
    CHECK(how.text.size() < 20'000);
  }
}

TEST_CASE("the widest ports: all slots at once, and one of all") {
  for (const unsigned workers : worker_counts) {
    for (const std::size_t slots : {255U, 256U}) {
      const auto expected = static_cast<std::int64_t>(slots) * rounds * (rounds - 1) / 2;
      for (std::size_t i = 0; i < 2 * std::size(variants); ++i) {
        const named_variant& variant = variants[i / 2];
        const bool selects = i % 2 == 1;
        INFO(workers << " workers, " << slots << " slots, select " << selects << ", "
                     << variant.name);
        std::int64_t sum = 0;
        graph g;
        const std::vector<channel*> c = add_channels(g, slots);
        g.add_node("send", {}, c, [&] { return send_to_slots(c); });
        if (selects) {
          selector& which = add_selector(g, c);
          g.add_node("select", c, {}, [&] {
            return sum_selected(which, static_cast<std::int64_t>(slots) * rounds, g.home(), sum);
          });
        } else {
          g.add_node("all", c, {}, [&] { return sum_slots(c, g.home(), sum); });
        }
        g.use_channels(variant.how);
        run_on(g, workers);
        CHECK(g.run().how == outcome::kind::stopped);
        CHECK(sum == expected);
      }
    }
  }
}

TEST_CASE("senders in every order of four ports never block a node that receives from all") {
  for (std::size_t v = 0; v < 2 * std::size(variants); ++v) {
    const unsigned workers = worker_counts[v % 2];
    const named_variant& variant = variants[v / 2];
    INFO(variant.name << ", " << workers << " workers");
    std::array<std::size_t, 4> order{0, 1, 2, 3};
    do {
      std::int64_t sum = 0;
      graph g;
      const std::vector<channel*> c = add_channels(g, 4);
      std::vector<channel*> ordered;
      for (const std::size_t i : order) ordered.push_back(c[i]);
      g.add_node("send", {}, c, [&] { return send_in_order(ordered); });
      g.add_node("all", c, {}, [&] { return sum_slots(c, g.home(), sum); });
      g.use_channels(variant.how);
      run_on(g, workers);
      CHECK(g.run().how == outcome::kind::stopped);
      CHECK(sum == 4 * rounds * (rounds - 1) / 2);
    } while (std::ranges::next_permutation(order).found);
  }
}

TEST_CASE("a million nodes are wired, pass a message, are found deadlocked and go") {
  constexpr std::size_t nodes = 1'000'000;
  for (const bool ends : {true, false}) {
    std::size_t got_count = 0;
    outcome how;
    const std::int64_t before = live_bytes();
    std::int64_t wired = 0;
    {
      std::vector<message> got;
      graph g;
      const std::vector<channel*> c = add_channels(g, nodes + 1);
      g.add_node("first", {}, {c[0]}, [&] { return send_integers(output(*c[0]), 0, 1); });
      for (std::size_t i = 0; i < nodes; ++i)
        g.add_node("relay", {c[i]}, {c[i + 1]},
                   [&] { return pass_on(input(*c[i]), output(*c[i + 1])); });
      g.add_node("last", {c[nodes]}, {},
                 [&] { return collect_and_end(input(*c[nodes]), ends ? 1 : 2, got, g.home()); });
      wired = live_bytes();
      how = g.run();
      got_count = got.size();
    }
    how.text.shrink_to_fit();
    const std::int64_t after = live_bytes() - static_cast<std::int64_t>(how.text.capacity());
    CHECK(wired - before < 500'000'000);
    CHECK(after - before < 1000);  // the text of the report has a few bytes of its own
    CHECK(how.how == (ends ? outcome::kind::stopped : outcome::kind::deadlocked));
    CHECK(how.text.size() < 20'000);
    CHECK(got_count == 1);
  }
}

TEST_CASE("a message of 100 MB is passed, spread and selected without being copied") {
  for (const unsigned workers : worker_counts) {
    const std::int64_t payloads_before = live_payloads();
    {
      const message big = message::string(std::string(100'000'000, 'x'));
      const std::int64_t before = live_bytes();
      std::vector<message> got;
      graph g;
      const std::vector<channel*> c = add_channels(g, 5);
      add_buffer(*c[1], 1);
      const std::vector<channel*> spread{c[2], c[3], c[4]};
      selector& which = add_selector(g, spread);
      g.add_node("first", {}, {c[0]}, [&] { return send_each(output(*c[0]), {big}); });
      g.add_node("relay", {c[0]}, {c[1]}, [&] { return pass_on(input(*c[0]), output(*c[1])); });
      g.add_node("spread", std::span(&c[1], 1), spread, [&] {
        return [](input from, std::span<channel* const> to) -> node_task {
          const message m = co_await from.receive();
          co_await send_all(to, m);
          co_await forever{};
        }(input(*c[1]), spread);
      });
      g.add_node("last", spread, {}, [&] {
        return [](selector& from, std::vector<message>& into, cluster& home) -> node_task {
          while (into.size() < 3) into.push_back((co_await from.select()).value);
          home.end({});
        }(which, got, g.home());
      });
      run_on(g, workers);
      CHECK(g.run().how == outcome::kind::stopped);
      REQUIRE(got.size() == 3);
      for (const message& m : got) CHECK(m.shared_payload() == big.shared_payload());
      CHECK(live_bytes() - before < 10'000'000);
    }
    CHECK(live_payloads() == payloads_before);
  }
}

TEST_CASE(
    "values a million levels deep are compared, printed and dropped by the nodes of a program") {
  const auto deep = [] {
    message m = message::integer(1);
    for (int i = 0; i < 1'000'000; ++i) m = list_append(empty_list(), std::move(m));
    return m;
  };
  const auto called = [](const std::string& connections, const std::string& functions, message m,
                         environment& world) {
    auto loaded =
        program::load(R"({"connections": {)" + connections + R"(}, "funcs": [)" + functions + "]}");
    if (!loaded) FAIL(loaded.error().line());
    return caller(*loaded, world).call(std::move(m));
  };
  const std::int64_t payloads_before = live_payloads();
  {
    environment world = environment::for_tests();
    const answer same = called(
        R"("in:start": "f/in:data", "f/out:data[0]": "eq/in:left", "f/out:data[1]": "eq/in:right",
           "eq/out:res": "out:stop")",
        R"({"ref": "fan_out", "io": {"in": ["f/in:data"], "out": ["f/out:data[0]", "f/out:data[1]"]}},
           {"ref": "eq", "io": {"in": ["eq/in:left", "eq/in:right"], "out": ["eq/out:res"]}})",
        deep(), world);
    CHECK(same.value.as_boolean());
    const answer printed = called(
        R"("in:start": "p/in:data", "p/out:res": "out:stop", "p/out:err": "panic/in:data")",
        R"({"ref": "println", "io": {"in": ["p/in:data"], "out": ["p/out:res", "p/out:err"]}},
           {"ref": "panic", "io": {"in": ["panic/in:data"]}})",
        deep(), world);
    CHECK(printed.how.how == outcome::kind::stopped);
    CHECK(world.out.collected().size() == 2'000'002);
    const answer panicked =
        called(R"("in:start": "panic/in:data")",
               R"({"ref": "panic", "io": {"in": ["panic/in:data"]}})", deep(), world);
    CHECK(panicked.how.text.size() == 2'000'001);
    const answer wrong =
        called(R"("in:start": "inc/in:data", "inc/out:res": "out:stop")",
               R"({"ref": "int_inc", "io": {"in": ["inc/in:data"], "out": ["inc/out:res"]}})",
               deep(), world);
    CHECK(wrong.how.failure.line().size() < 300);
  }
  CHECK(live_payloads() == payloads_before);
}
