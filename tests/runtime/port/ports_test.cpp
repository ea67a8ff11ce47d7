// Operations on several channels: one suspended operation, every slot exactly once, in any order.
#include "runtime/port/ports.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include "tests/runtime/port/nodes.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;

namespace {

node_task receive_rounds(std::span<channel* const> from,
                         std::vector<std::vector<message>>& rounds) {
  for (;;) {
    std::vector<message> round(from.size());
    co_await receive_all(from, round);
    rounds.push_back(std::move(round));
  }
}

node_task send_rounds(std::span<channel* const> to, std::int64_t count, std::int64_t& done) {
  for (; done < count; ++done) {
    const message m = long_text(done);
    co_await send_all(to, m);
  }
  co_await forever{};
}

node_task receive_pairs(input left, input right, std::vector<message>& into) {
  for (;;) {
    auto [l, r] = co_await receive_both(left, right);
    into.push_back(std::move(l));
    into.push_back(std::move(r));
  }
}

// Sends first to one channel, then to the other.
node_task send_in_order(output first, output second, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    co_await first.send(message::integer(i));
    co_await second.send(message::integer(i));
  }
  co_await forever{};
}

node_task receive_in_order(input first, input second, std::int64_t& got) {
  for (;;) {
    co_await first.receive();
    co_await second.receive();
    ++got;
  }
}

// The numbers 0...n-1 in an order that is the same in each run.
std::vector<std::size_t> shuffled(std::size_t n, unsigned seed) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::mt19937 random(seed);
  std::shuffle(order.begin(), order.end(), random);
  return order;
}

constexpr std::size_t slot_counts[] = {0, 1, 2, 3, 16, 255, 256};

}  // namespace

TEST_CASE("receive_all gets one message of every slot, in whatever order they come") {
  const std::int64_t live_before = live_payloads();
  for (const std::size_t slots : slot_counts) {
    if (slots == 0) continue;  // would go round for ever
    for (const unsigned seed : {1U, 2U, 3U}) {
      INFO(slots << " slots, seed " << seed);
      std::vector<std::vector<message>> rounds;
      graph g;
      const std::vector<channel*> all = add_channels(g, slots);
      // Some senders are started before the receiver and park, some after it and hand over.
      const std::vector<std::size_t> order = shuffled(slots, seed);
      const auto add_sender = [&](std::size_t slot) {
        channel& c = *all[slot];
        const auto n = static_cast<std::int64_t>(slot);
        g.add_node("sender", {}, {&c}, [&] {
          return send_each(output(c), {long_text(n), long_text(n + 1000), long_text(n + 2000)});
        });
      };
      for (std::size_t i = 0; i < slots / 2; ++i) add_sender(order[i]);
      g.add_node("receiver", all, {}, [&] { return receive_rounds(all, rounds); });
      for (std::size_t i = slots / 2; i < slots; ++i) add_sender(order[i]);
      g.run();
      REQUIRE(rounds.size() == 3);
      for (std::size_t r = 0; r < 3; ++r)
        for (std::size_t slot = 0; slot < slots; ++slot)
          REQUIRE(equal(rounds[r][slot], long_text(static_cast<std::int64_t>(slot + 1000 * r))));
    }
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("send_all gives every slot the same message exactly once, in whatever order they take") {
  const std::int64_t live_before = live_payloads();
  for (const std::size_t slots : slot_counts) {
    for (const unsigned seed : {1U, 2U, 3U}) {
      INFO(slots << " slots, seed " << seed);
      std::int64_t done = 0;
      std::vector<std::vector<message>> got(slots);
      graph g;
      const std::vector<channel*> all = add_channels(g, slots);
      const std::vector<std::size_t> order = shuffled(slots, seed);
      const auto add_receiver = [&](std::size_t slot) {
        channel& c = *all[slot];
        g.add_node("receiver", {&c}, {}, [&] { return collect(input(c), got[slot]); });
      };
      for (std::size_t i = 0; i < slots / 2; ++i) add_receiver(order[i]);
      g.add_node("sender", {}, all, [&] { return send_rounds(all, 4, done); });
      for (std::size_t i = slots / 2; i < slots; ++i) add_receiver(order[i]);
      g.run();
      CHECK(done == 4);
      const std::vector<message> expected{long_text(0), long_text(1), long_text(2), long_text(3)};
      for (const auto& one : got) REQUIRE(texts_of(one) == texts_of(expected));
      for (std::size_t i = 0; i < 4 && slots > 0; ++i)
        CHECK(got[0][i].shared_payload() == got[slots - 1][i].shared_payload());
    }
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("send_all is not done before the last slot took the message") {
  std::int64_t done = 0;
  std::vector<message> quick;
  graph g;
  const std::vector<channel*> all = add_channels(g, 2);
  g.add_node("sender", {}, all, [&] { return send_rounds(all, 5, done); });
  g.add_node("quick", {all[0]}, {}, [&] { return collect(input(*all[0]), quick); });
  g.add_node("once", {all[1]}, {}, [&] { return receive_once(input(*all[1])); });
  CHECK(g.run().how == outcome::kind::deadlocked);
  CHECK(done == 1);          // the second message was not taken by "once"
  CHECK(quick.size() == 2);  // but "quick" has it, once
}

TEST_CASE("array ports give their slots, one by one and together") {
  graph g;
  const std::vector<channel*> all = add_channels(g, 3);
  const array_input in(all);
  const array_output out(all);
  CHECK(in.size() == 3);
  CHECK(out.size() == 3);
  CHECK(in[1].raw() == all[1]);
  CHECK(out[2].raw() == all[2]);
  CHECK(in.channels().data() == out.channels().data());
}

TEST_CASE("two inputs are received concurrently, whichever order the sender has") {
  for (const bool left_first : {true, false}) {
    for (const bool sender_first : {true, false}) {
      std::vector<message> got;
      graph g;
      channel& left = g.add_channel();
      channel& right = g.add_channel();
      const auto add_sender = [&] {
        g.add_node("sender", {}, {&left, &right}, [&] {
          return left_first ? send_in_order(output(left), output(right), 100)
                            : send_in_order(output(right), output(left), 100);
        });
      };
      if (sender_first) add_sender();
      g.add_node("receiver", {&left, &right}, {},
                 [&] { return receive_pairs(input(left), input(right), got); });
      if (!sender_first) add_sender();
      g.run();
      REQUIRE(got.size() == 200);
      for (std::size_t i = 0; i < got.size(); ++i)
        REQUIRE(got[i].as_integer() == static_cast<std::int64_t>(i / 2));
    }
  }
}

TEST_CASE("receive_both keeps left and right apart") {
  std::vector<message> got;
  graph g;
  channel& left = g.add_channel();
  channel& right = g.add_channel();
  g.add_node("r", {}, {&right}, [&] { return send_each(output(right), {message::string("r")}); });
  g.add_node("receiver", {&left, &right}, {},
             [&] { return receive_pairs(input(left), input(right), got); });
  g.add_node("l", {}, {&left}, [&] { return send_each(output(left), {message::string("l")}); });
  g.run();
  CHECK(texts_of(got) == std::vector<std::string>{"l", "r"});
}

TEST_CASE("opposite order deadlocks only where one side insists on an order") {
  // Both sides one by one, in opposite orders: that is a deadlock, and it is found.
  std::int64_t got = 0;
  graph stuck;
  channel& a = stuck.add_channel();
  channel& b = stuck.add_channel();
  stuck.add_node("sender", {}, {&a, &b}, [&] { return send_in_order(output(a), output(b), 1); });
  stuck.add_node("receiver", {&a, &b}, {},
                 [&] { return receive_in_order(input(b), input(a), got); });
  CHECK(stuck.run().how == outcome::kind::deadlocked);
  CHECK(got == 0);

  // The same receiver, but the sender sends to both at once.
  std::int64_t done = 0;
  graph free;
  const std::vector<channel*> both = add_channels(free, 2);
  free.add_node("sender", {}, both, [&] { return send_rounds(both, 50, done); });
  free.add_node("receiver", both, {},
                [&] { return receive_in_order(input(*both[1]), input(*both[0]), got); });
  free.run();
  CHECK(done == 50);
  CHECK(got == 50);
}

TEST_CASE("two nodes that fan out to each other's partners in opposite orders keep moving") {
  std::int64_t first_done = 0;
  std::int64_t second_done = 0;
  std::vector<std::vector<message>> x_rounds;
  std::vector<std::vector<message>> y_rounds;
  graph g;
  const std::vector<channel*> c = add_channels(g, 4);
  const std::vector<channel*> first_out{c[0], c[1]};
  const std::vector<channel*> second_out{c[3], c[2]};
  const std::vector<channel*> x_in{c[2], c[0]};
  const std::vector<channel*> y_in{c[1], c[3]};
  g.add_node("first", {}, first_out, [&] { return send_rounds(first_out, 500, first_done); });
  g.add_node("second", {}, second_out, [&] { return send_rounds(second_out, 500, second_done); });
  g.add_node("x", x_in, {}, [&] { return receive_rounds(x_in, x_rounds); });
  g.add_node("y", y_in, {}, [&] { return receive_rounds(y_in, y_rounds); });
  g.run();
  CHECK(first_done == 500);
  CHECK(second_done == 500);
  CHECK(x_rounds.size() == 500);
  CHECK(y_rounds.size() == 500);
}
