// What the trace keeps, and what it drops.
#include "runtime/observe/trace.hpp"

#include <thread>

#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"

using namespace nevaperf::runtime;
using nevaperf::base::node_id;
using nevaperf::tests::manual_clock;

namespace {

// A step of `node`, one nanosecond long.
void step(trace& t, manual_clock& time, std::uint32_t node) {
  t.step_begins(node_id(node));
  time.advance_ns(1);
  t.step_ends(node_id(node));
}

std::vector<std::uint32_t> nodes_of(const trace& t) {
  std::vector<std::uint32_t> nodes;
  for (const trace::event& e : t.events()) nodes.push_back(e.node);
  return nodes;
}

}  // namespace

TEST_CASE("a trace that has room keeps every event, by time") {
  manual_clock time;
  time.advance_ns(1'000'000);  // times count from the start of the trace
  trace t(64, time);
  t.begins({.nodes = 3, .channels = 2});
  time.advance_ns(10);
  t.step_begins(node_id(1));
  time.advance_ns(5);
  t.sends(node_id(1), channel_id(0));
  time.advance_ns(5);
  t.waits(node_id(1), channel_id(0), wait_reason::send_full);
  time.advance_ns(5);
  t.step_ends(node_id(1));
  CHECK(t.dropped() == 0);
  const std::vector<trace::event> all = t.events();
  REQUIRE(all.size() == 3);
  CHECK(all[0].what == trace::kind::step);
  CHECK(all[0].time_ns == 10);
  CHECK(all[0].duration_ns == 15);
  CHECK(all[1].what == trace::kind::send);
  CHECK(all[1].time_ns == 15);
  CHECK(all[2].what == trace::kind::wait);
  CHECK(all[2].why == wait_reason::send_full);
}

TEST_CASE("the messages of each channel are numbered, sends and receives apart") {
  manual_clock time;
  trace t(64, time);
  t.begins({.nodes = 2, .channels = 2});
  t.step_begins(node_id(0));
  for (const std::uint32_t c : {0U, 0U, 1U, 0U}) {
    time.advance_ns(1);
    t.sends(node_id(0), channel_id(c));
  }
  time.advance_ns(1);
  t.receives(node_id(1), channel_id(0));  // node 1 waits: it is handed the message
  time.advance_ns(1);
  t.receives(node_id(0), channel_id(1));  // node 0 runs: it takes it
  const std::vector<trace::event> all = t.events();
  REQUIRE(all.size() == 6);
  CHECK(all[0].message == 0);
  CHECK(all[1].message == 1);
  CHECK(all[2].message == 0);
  CHECK(all[3].message == 2);
  CHECK(all[4].message == 0);
  CHECK(all[4].what == trace::kind::handed);
  CHECK(all[5].message == 0);
  CHECK(all[5].what == trace::kind::take);
}

TEST_CASE("a full trace drops its oldest events and counts them") {
  manual_clock time;
  for (const std::size_t room : {1U, 2U, 8U, 48U}) {
    INFO("room for " << room);
    trace t(room, time);
    t.begins({.nodes = 1000, .channels = 0});
    for (std::uint32_t n = 0; n < 1000; ++n) {
      step(t, time, n);
      const std::vector<std::uint32_t> kept = nodes_of(t);
      REQUIRE(kept.size() <= room);
      REQUIRE(kept.size() + t.dropped() == n + 1);  // none is lost without being counted
      REQUIRE(kept.back() == n);
      for (std::size_t i = 1; i < kept.size(); ++i) REQUIRE(kept[i] == kept[i - 1] + 1);
      if (n >= room) REQUIRE(2 * kept.size() > room);  // and not much more than needed
    }
  }
}

TEST_CASE("threads record side by side, and share the room") {
  constexpr std::uint32_t each = 10'000;
  for (const std::size_t room : {std::size_t{1000}, std::size_t{100'000}}) {
    INFO("room for " << room);
    trace t(room);
    t.begins({.nodes = 4, .channels = 4});
    std::vector<std::thread> threads;
    for (std::uint32_t node = 0; node < 4; ++node)
      threads.emplace_back([&t, node] {
        for (std::uint32_t i = 0; i < each; ++i) {
          t.step_begins(node_id(node));
          t.sends(node_id(node), channel_id(node));
          t.step_ends(node_id(node));
        }
      });
    for (std::thread& thread : threads) thread.join();
    const std::vector<trace::event> all = t.events();
    CHECK(all.size() + t.dropped() == 4 * 2 * each);
    CHECK(all.size() <= room + 4 * 4096);
    if (room == 100'000) CHECK(t.dropped() == 0);
    std::vector<std::uint32_t> next(4, UINT32_MAX);
    for (const trace::event& e : all) {
      if (e.what != trace::kind::send) continue;
      if (next[e.node] != UINT32_MAX) REQUIRE(e.message == next[e.node]);  // no gap in what is kept
      next[e.node] = e.message + 1;
    }
  }
}

TEST_CASE("a thread that has recorded for one trace starts anew with the next") {
  manual_clock time;
  for (std::uint32_t n = 0; n < 3; ++n) {
    trace t(8, time);
    step(t, time, n);
    CHECK(nodes_of(t) == std::vector<std::uint32_t>{n});
  }
  trace first(8, time);
  trace second(8, time);
  step(first, time, 1);
  step(second, time, 2);
  step(first, time, 3);
  CHECK(nodes_of(first) == std::vector<std::uint32_t>{1, 3});
  CHECK(nodes_of(second) == std::vector<std::uint32_t>{2});
}
