// The scheduler as a graph shows it: order, workers, timers, blocking calls, cancellation.
#include "runtime/schedule/scheduler.hpp"

#include <poll.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "runtime/port/ports.hpp"
#include "runtime/schedule/waits.hpp"
#include "tests/runtime/port/nodes.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;
using namespace std::chrono_literals;

namespace {

node_task note(std::string& log, char name) {
  log += name;
  co_await forever{};
}

node_task note_after(std::chrono::nanoseconds time, std::string& log, char name) {
  co_await sleep_for(time);
  log += name;
  co_await forever{};
}

node_task sleep_in_vain(std::chrono::nanoseconds time) {
  const message kept = long_text(1);
  co_await sleep_for(time);
  throw std::runtime_error("it woke up");
}

node_task end_after(std::chrono::nanoseconds time, cluster& home) {
  co_await sleep_for(time);
  home.end({});
  co_await forever{};
}

// Takes `steps` of real work for each message; its result depends on all of it.
std::int64_t work(std::int64_t seed, int steps) {
  auto x = static_cast<std::uint64_t>(seed) | 1;
  for (int i = 0; i < steps; ++i) x = x * 6364136223846793005U + 1442695040888963407U;
  return static_cast<std::int64_t>(x >> 1);
}

node_task work_on(input from, output to, int steps) {
  for (;;) {
    const message m = co_await from.receive();
    co_await to.send(message::integer(work(m.as_integer(), steps)));
  }
}

struct pipeline_result {
  std::vector<std::string> got;
  unsigned threads = 0;
};

// source -> work -> work -> collect
pipeline_result run_pipeline(unsigned workers, scheduler::placement place, int steps,
                             std::int64_t messages) {
  std::vector<message> got;
  graph g;
  const std::vector<channel*> c = add_channels(g, 3);
  g.add_node("source", {}, {c[0]}, [&] { return send_integers(output(*c[0]), 0, messages); });
  g.add_node("first", {c[0]}, {c[1]}, [&] { return work_on(input(*c[0]), output(*c[1]), steps); });
  g.add_node("second", {c[1]}, {c[2]}, [&] { return work_on(input(*c[1]), output(*c[2]), steps); });
  g.add_node("end", {c[2]}, {}, [&] {
    return collect_and_end(input(*c[2]), static_cast<std::size_t>(messages), got, g.home());
  });
  g.use_workers(workers, place);
  CHECK(g.run().how == outcome::kind::stopped);
  return {texts_of(got), g.scheduling().threads_started()};
}

// Blocks until the pool is cancelled; true if it was.
bool wait_for_cancel(const blocking_pool& pool) {
  pollfd p{.fd = pool.cancel_descriptor(), .events = POLLIN, .revents = 0};
  return ::poll(&p, 1, 30'000) == 1;
}

node_task block_until_cancelled(std::atomic<int>& begun, std::atomic<int>& cancelled) {
  const message kept = long_text(2);
  co_await blocking_call([&](const blocking_pool& pool) {
    ++begun;
    if (wait_for_cancel(pool)) ++cancelled;
  });
  throw std::runtime_error("it went on");
}

}  // namespace

TEST_CASE("ready nodes run in the order in which they became ready") {
  std::string log;
  graph g;
  for (const char name : {'a', 'b', 'c', 'd'})
    g.add_node("n", {}, {}, [&] { return note(log, name); });
  CHECK(g.run_some(2));
  CHECK(log == "ab");
  CHECK_FALSE(g.run_some(2));
  CHECK(log == "abcd");
}

TEST_CASE("every node of a cycle keeps moving") {
  // One pair bounces a message for ever; the others have their turn all the same.
  std::vector<message> got;
  graph g;
  const std::vector<channel*> c = add_channels(g, 3);
  g.add_node("ping", {c[0]}, {c[1]}, [&] {
    return [](input from, output to) -> node_task {
      for (;;) {
        co_await to.send(message::integer(1));
        co_await from.receive();
      }
    }(input(*c[0]), output(*c[1]));
  });
  g.add_node("pong", {c[1]}, {c[0]}, [&] { return pass_on(input(*c[1]), output(*c[0])); });
  g.add_node("source", {}, {c[2]}, [&] { return send_integers(output(*c[2]), 0, 1000); });
  g.add_node("end", {c[2]}, {}, [&] { return collect_and_end(input(*c[2]), 1000, got, g.home()); });
  CHECK(g.run().how == outcome::kind::stopped);
}

TEST_CASE("any number of workers gives the same results") {
  const auto one = run_pipeline(1, scheduler::placement::adaptive, 10, 3000);
  REQUIRE(one.got.size() == 3000);
  CHECK(one.threads == 0);
  for (const unsigned workers : {2U, 3U, 8U}) {
    CHECK(run_pipeline(workers, scheduler::placement::adaptive, 10, 3000).got == one.got);
    const auto spread = run_pipeline(workers, scheduler::placement::spread, 10, 3000);
    CHECK(spread.got == one.got);
    CHECK(spread.threads == workers - 1);
  }
}

TEST_CASE("coarse nodes get workers of their own") {
  const auto coarse = run_pipeline(2, scheduler::placement::adaptive, 20'000, 1000);
  CHECK(coarse.threads == 1);
  CHECK(coarse.got == run_pipeline(1, scheduler::placement::adaptive, 20'000, 1000).got);
}

TEST_CASE("a deadlock is found and explained on several workers, whoever was last") {
  for (int round = 0; round < 50; ++round) {
    graph g;
    const std::vector<channel*> c = add_channels(g, 3);
    g.add_node("source", {}, {c[0]}, [&] { return send_integers(output(*c[0]), 0, 20); });
    g.add_node("a", {c[0], c[2]}, {c[1]}, [&] {
      return [](input from, input back, output to) -> node_task {
        for (int i = 0; i < 10; ++i) co_await to.send(co_await from.receive());
        co_await back.receive();
      }(input(*c[0]), input(*c[2]), output(*c[1]));
    });
    g.add_node("b", {c[1]}, {c[2]}, [&] {
      return [](input from) -> node_task {
        for (;;) co_await from.receive();
      }(input(*c[1]));
    });
    g.use_workers(3, scheduler::placement::spread);
    const outcome how = g.run();
    REQUIRE(how.how == outcome::kind::deadlocked);
    REQUIRE(how.text.find("  source:out[0] waits to send to a:in[0]\n"
                          "  a:in[1] waits to receive from b:out[0]\n"
                          "  b:in[0] waits to receive from a:out[0]\n"
                          "cycle: a -(receives from)-> b -(receives from)-> a\n") !=
            std::string::npos);
  }
}

TEST_CASE("a failure on any worker ends the run with its node") {
  const std::int64_t live_before = live_payloads();
  for (int round = 0; round < 50; ++round) {
    graph g;
    const std::vector<channel*> c = add_channels(g, 2);
    g.add_node("source", {}, {c[0]}, [&] {
      return send_each(output(*c[0]), {message::integer(1), long_text(2), message::integer(3)});
    });
    g.add_node("strict", {c[0]}, {c[1]}, [&] {
      return [](input from, output to) -> node_task {
        for (;;) co_await to.send(message::integer(from.integer(co_await from.receive())));
      }(input(*c[0]), output(*c[1]));
    });
    g.add_node("sink", {c[1]}, {}, [&] {
      return [](input from) -> node_task {
        for (;;) co_await from.receive();
      }(input(*c[1]));
    });
    g.use_workers(2, scheduler::placement::spread);
    const outcome how = g.run();
    REQUIRE(how.how == outcome::kind::failed);
    REQUIRE(how.failure.where == "strict:in[0]");
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("sleepers wake in the order of their times") {
  std::string log;
  graph g;
  g.add_node("n", {}, {}, [&] { return note_after(15ms, log, 'd'); });
  g.add_node("n", {}, {}, [&] { return note_after(0ms, log, 'a'); });
  g.add_node("n", {}, {}, [&] { return note_after(-5ms, log, 'b'); });
  g.add_node("n", {}, {}, [&] { return note_after(5ms, log, 'c'); });
  CHECK(g.run().how == outcome::kind::deadlocked);  // after all have woken, nothing is left
  CHECK(log == "abcd");
}

TEST_CASE("a sleep is no deadlock, is not shortened, and lets the output be written before") {
  int waits = 0;
  graph g;
  g.add_node("end", {}, {}, [&] { return end_after(20ms, g.home()); });
  g.before_waiting([&] { ++waits; });
  const auto start = std::chrono::steady_clock::now();
  CHECK(g.run().how == outcome::kind::stopped);
  CHECK(std::chrono::steady_clock::now() - start >= 20ms);
  CHECK(waits >= 1);
}

TEST_CASE("the longest sleep is as long as it says") {
  const std::int64_t live_before = live_payloads();
  {
    graph g;
    g.add_node("long", {}, {}, [&] { return sleep_in_vain(std::chrono::nanoseconds(INT64_MAX)); });
    g.add_node("end", {}, {}, [&] { return end_after(5ms, g.home()); });
    CHECK(g.run().how == outcome::kind::stopped);
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("cancelling from another thread ends sleepers, blocked calls and endless loops") {
  const std::int64_t live_before = live_payloads();
  for (const unsigned workers : {1U, 3U}) {
    INFO(workers << " workers");
    std::atomic<int> begun = 0;
    std::atomic<int> cancelled = 0;
    graph g;
    const std::vector<channel*> c = add_channels(g, 2);
    g.add_node("sleeper", {}, {}, [&] { return sleep_in_vain(1h); });
    g.add_node("blocked", {}, {}, [&] { return block_until_cancelled(begun, cancelled); });
    g.add_node("blocked", {}, {}, [&] { return block_until_cancelled(begun, cancelled); });
    if (workers > 1) {
      g.add_node("loop", {c[0]}, {c[1]}, [&] { return pass_on(input(*c[0]), output(*c[1])); });
      g.add_node("loop", {c[1]}, {c[0]}, [&] {
        return [](input from, output to) -> node_task {
          for (;;) {
            co_await to.send(message::integer(1));
            co_await from.receive();
          }
        }(input(*c[1]), output(*c[0]));
      });
    }
    g.use_workers(workers);
    std::thread canceller([&] {
      while (begun < 2) std::this_thread::yield();
      g.cancel();
    });
    const outcome how = g.run();
    canceller.join();
    CHECK(how.how == outcome::kind::cancelled);
    CHECK(cancelled == 2);  // nobody is left behind in another thread
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("a blocking call gives its result to the node, and others run meanwhile") {
  std::string log;
  std::atomic<bool> open = false;
  graph g;
  g.add_node("blocking", {}, {}, [&] {
    return [](std::string& notes, std::atomic<bool>& gate) -> node_task {
      int result = 0;
      co_await blocking_call([&](const blocking_pool&) {
        while (!gate) std::this_thread::yield();
        result = 42;
      });
      notes += std::to_string(result);
      co_await forever{};
    }(log, open);
  });
  g.add_node("other", {}, {}, [&] {
    return [](std::string& notes, std::atomic<bool>& gate) -> node_task {
      notes += "first ";
      gate = true;
      co_await forever{};
    }(log, open);
  });
  CHECK(g.run().how == outcome::kind::deadlocked);
  CHECK(log == "first 42");
}

TEST_CASE("an exception in a blocking call fails its node") {
  graph g;
  g.add_node("reader", {}, {}, [] {
    return []() -> node_task {
      co_await blocking_call(
          [](const blocking_pool&) { throw std::runtime_error("no such device"); });
    }();
  });
  const outcome how = g.run();
  CHECK(how.how == outcome::kind::failed);
  CHECK(how.failure.line() == "reader: no such device");
}

TEST_CASE("more blocking calls than there are threads for them all come back") {
  constexpr int calls = 300;
  std::atomic<int> done = 0;
  int back = 0;
  graph g;
  for (int i = 0; i < calls; ++i)
    g.add_node("call", {}, {}, [&] {
      return [](std::atomic<int>& count, int& resumed) -> node_task {
        co_await blocking_call([&](const blocking_pool&) { ++count; });
        ++resumed;
      }(done, back);
    });
  CHECK(g.run().how == outcome::kind::deadlocked);
  CHECK(done == calls);
  CHECK(back == calls);
}

TEST_CASE("a graph may be destroyed while a blocking call runs") {
  const std::int64_t live_before = live_payloads();
  std::atomic<int> begun = 0;
  std::atomic<int> cancelled = 0;
  {
    graph g;
    g.add_node("blocked", {}, {}, [&] { return block_until_cancelled(begun, cancelled); });
    g.run_some(10);
    while (begun == 0) std::this_thread::yield();
  }
  CHECK(cancelled == 1);
  CHECK(live_payloads() == live_before);
}

TEST_CASE("an end drops blocking calls that wait for a thread") {
  std::atomic<int> begun = 0;
  std::atomic<int> cancelled = 0;
  {
    graph g;
    for (int i = 0; i < 200; ++i)
      g.add_node("blocked", {}, {}, [&] { return block_until_cancelled(begun, cancelled); });
    g.add_node("end", {}, {}, [&] { return end_after(1ms, g.home()); });
    CHECK(g.run().how == outcome::kind::stopped);
  }
  CHECK(begun == cancelled);
  CHECK(begun < 200);
}
