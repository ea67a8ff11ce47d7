// What is counted of a run.
#include "runtime/observe/run_counts.hpp"

#include <thread>

#include "runtime/observe/observer_pair.hpp"
#include "tests/runtime/port/nodes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;
using nevaperf::base::node_id;

namespace {

// Takes `count` messages, then ends the run.
node_task take(input from, std::int64_t count, cluster& home) {
  for (std::int64_t i = 0; i < count; ++i) co_await from.receive();
  home.end({});
}

}  // namespace

TEST_CASE("steps, their time, waits and messages are counted where they happen") {
  manual_clock time;
  run_counts counts(time);
  time.advance_ns(100);
  counts.begins({.nodes = 3, .channels = 2});
  for (const std::int64_t took_ns : {5, 7}) {
    counts.step_begins(node_id(2));
    time.advance_ns(took_ns);
    counts.step_ends(node_id(2));
  }
  counts.step_begins(node_id(0));
  time.advance_ns(20);
  counts.sends(node_id(0), channel_id(1));
  counts.receives(node_id(2), channel_id(1));
  counts.waits(node_id(0), channel_id(1), wait_reason::send_full);
  counts.waits(node_id(0), channel_id(0), wait_reason::recv_empty);
  counts.waits(node_id(2), channel_id(0), wait_reason::select);
  counts.waits(node_id(2), channel_id(0), wait_reason::select);
  counts.step_ends(node_id(0));
  counts.ends({.workers = 3, .splits = 2});

  CHECK(counts.run_ns() == 32);
  CHECK(counts.size().nodes == 3);
  CHECK(counts.use().workers == 3);
  CHECK(counts.use().splits == 2);
  const run_counts::totals all = counts.all();
  CHECK(all.messages == 1);
  CHECK(all.steps == 3);
  CHECK(all.waits == std::array<std::uint64_t, 3>{1, 1, 2});
  const auto nodes = counts.busiest_nodes(10);
  REQUIRE(nodes.size() == 2);  // node 1 never ran
  CHECK(nodes[0].node == node_id(0));
  CHECK(nodes[0].busy_ns == 20);
  CHECK(nodes[1].steps == 2);
  CHECK(nodes[1].busy_ns == 12);
  CHECK(counts.busiest_nodes(1).size() == 1);
  const auto channels = counts.busiest_channels(10);
  REQUIRE(channels.size() == 1);
  CHECK(channels[0].channel == channel_id(1));
}

TEST_CASE("the messages of a graph are counted on one worker and on several, by each of a pair") {
  for (const unsigned workers : {1U, 3U}) {
    constexpr std::int64_t messages = 1000;
    run_counts counts;
    run_counts same;
    observer_pair both(counts, same);
    graph g;
    const std::vector<channel*> c = add_channels(g, 2);
    g.add_node("source", {}, {c[0]}, [&] { return send_integers(output(*c[0]), 0, messages); });
    g.add_node("relay", {c[0]}, {c[1]}, [&] { return pass_on(input(*c[0]), output(*c[1])); });
    g.add_node("sink", {c[1]}, {}, [&] { return take(input(*c[1]), messages, g.home()); });
    g.use_workers(workers,
                  workers > 1 ? scheduler::placement::spread : scheduler::placement::adaptive);
    g.observe(both);
    CHECK(g.run().how == outcome::kind::stopped);
    for (const run_counts* one : {&counts, &same}) {
      CHECK(one->all().messages == 2 * messages);
      CHECK(one->busiest_nodes(10).size() == 3);
      const auto channels = one->busiest_channels(10);
      REQUIRE(channels.size() == 2);
      CHECK(channels[0].messages == messages);
      CHECK(one->use().workers == workers);
      CHECK(one->use().splits == (workers > 1 ? 3 : 0));
      CHECK(one->run_ns() > 0);
    }
  }
}

TEST_CASE("an observer does not keep coarse nodes on one worker") {
  run_counts counts;
  graph g;
  const std::vector<channel*> c = add_channels(g, 2);
  const auto work = [](input from, output to) -> node_task {
    for (;;) {
      const message m = co_await from.receive();
      const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(20);
      while (std::chrono::steady_clock::now() < until) {
      }
      co_await to.send(m);
    }
  };
  const auto source = [](output to) -> node_task {
    for (std::int64_t i = 0;; ++i) {
      const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(20);
      while (std::chrono::steady_clock::now() < until) {
      }
      co_await to.send(message::integer(i));
    }
  };
  g.add_node("source", {}, {c[0]}, [&] { return source(output(*c[0])); });
  g.add_node("work", {c[0]}, {c[1]}, [&] { return work(input(*c[0]), output(*c[1])); });
  g.add_node("sink", {c[1]}, {}, [&] { return take(input(*c[1]), 3000, g.home()); });
  g.use_workers(2);
  g.observe(counts);
  CHECK(g.run().how == outcome::kind::stopped);
  CHECK(counts.use().workers == 2);
  CHECK(counts.use().splits >= 2);
  CHECK(counts.all().messages >= 6000);  // the source may be one ahead
}
