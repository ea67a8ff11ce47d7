// Cancelling reaches every kind of suspended operation, soon, and leaves nothing behind.
#include <poll.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

#include "runtime/port/ports.hpp"
#include "runtime/port/special_channel.hpp"
#include "runtime/schedule/waits.hpp"
#include "tests/runtime/port/nodes.hpp"
#include "tests/runtime/robustness/counters.hpp"
#include "tests/runtime/variants.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;
using namespace std::chrono_literals;

namespace {

node_task receive(input from) {
  const counted_frame frame;
  for (;;) co_await from.receive();
}

node_task send(output to) {
  const counted_frame frame;
  for (std::int64_t i = 0;; ++i) co_await to.send(long_text(i));
}

node_task receive_two(input left, input right) {
  const counted_frame frame;
  for (;;) co_await receive_both(left, right);
}

node_task send_slots(std::span<channel* const> to) {
  const counted_frame frame;
  const message m = long_text(1);
  for (;;) co_await send_all(to, m);
}

node_task receive_slots(std::span<channel* const> from) {
  const counted_frame frame;
  std::vector<message> values(from.size());
  for (;;) co_await receive_all(from, values);
}

node_task select_slots(selector& which) {
  const counted_frame frame;
  for (;;) co_await which.select();
}

node_task sleep_long() {
  const counted_frame frame;
  const message kept = long_text(2);
  co_await sleep_for(1h);
}

node_task block_long() {
  const counted_frame frame;
  const message kept = long_text(3);
  co_await blocking_call([](const blocking_pool& pool) {
    pollfd given_up{.fd = pool.cancel_descriptor(), .events = POLLIN, .revents = 0};
    ::poll(&given_up, 1, -1);
  });
}

node_task go_round(output to, input from) {
  const counted_frame frame;
  for (;;) {
    co_await to.send(long_text(4));
    co_await from.receive();
  }
}

// Keeps the graph from coming to its end, and says when all others have had their time.
node_task keep_open(std::atomic<bool>& begun) {
  const counted_frame frame;
  co_await sleep_for(2ms);
  begun = true;
  co_await sleep_for(1h);
}

struct suspended {
  const char* operation;
  std::function<void(graph&, const std::vector<channel*>&)> wire;  // three channels to use
};

const std::vector<suspended>& operations() {
  static const std::vector<suspended> all{
      {"send",
       [](graph& g, auto& c) { g.add_node("n", {}, {c[0]}, [&] { return send(output(*c[0])); }); }},
      {"send to a full buffer",
       [](graph& g, auto& c) {
         add_buffer(*c[0], 4);
         g.add_node("n", {}, {c[0]}, [&] { return send(output(*c[0])); });
       }},
      {"send to all, of which one takes",
       [](graph& g, auto& c) {
         const std::span<channel*> kept = g.memory().array<channel*>(2);
         std::copy_n(c.begin(), 2, kept.begin());
         g.add_node("n", {}, kept, [&] { return send_slots(kept); });
         g.add_node("taker", {c[0]}, {}, [&] { return receive(input(*c[0])); });
       }},
      {"receive",
       [](graph& g, auto& c) {
         g.add_node("n", {c[0]}, {}, [&] { return receive(input(*c[0])); });
       }},
      {"receive of two, of which one is there",
       [](graph& g, auto& c) {
         g.add_node("giver", {}, {c[0]}, [&] { return send(output(*c[0])); });
         g.add_node("n", {c[0], c[1]}, {}, [&] { return receive_two(input(*c[0]), input(*c[1])); });
       }},
      {"receive of all",
       [](graph& g, auto& c) {
         const std::span<channel*> kept = g.memory().array<channel*>(2);
         std::copy_n(c.begin(), 2, kept.begin());
         g.add_node("giver", {}, {c[1]}, [&] { return send(output(*c[1])); });
         g.add_node("n", kept, {}, [&] { return receive_slots(kept); });
       }},
      {"select",
       [](graph& g, auto& c) {
         selector& which = add_selector(g, c);
         g.add_node("n", c, {}, [&] { return select_slots(which); });
       }},
      {"timer", [](graph& g, auto&) { g.add_node("n", {}, {}, [] { return sleep_long(); }); }},
      {"blocking call",
       [](graph& g, auto&) {
         for (int i = 0; i < 3; ++i) g.add_node("n", {}, {}, [] { return block_long(); });
       }},
      {"nothing: it runs for ever",
       [](graph& g, auto& c) {
         g.add_node("n", {c[1]}, {c[0]}, [&] { return go_round(output(*c[0]), input(*c[1])); });
         g.add_node("relay", {c[0]}, {c[1]}, [&] { return pass_on(input(*c[0]), output(*c[1])); });
       }},
  };
  return all;
}

// How long a run went on after it was cancelled.
std::chrono::microseconds cancel_latency(const suspended& s, const named_variant& variant,
                                         unsigned workers) {
  std::atomic<bool> begun = false;
  std::chrono::steady_clock::time_point cancelled;
  graph g;
  s.wire(g, add_channels(g, 3));
  g.add_node("open", {}, {}, [&] { return keep_open(begun); });
  g.use_channels(variant.how);
  g.use_workers(workers,
                workers > 1 ? scheduler::placement::spread : scheduler::placement::adaptive);
  std::thread canceller([&] {
    while (!begun) std::this_thread::sleep_for(100us);
    cancelled = std::chrono::steady_clock::now();
    g.cancel();
  });
  const outcome how = g.run();
  const auto ended = std::chrono::steady_clock::now();
  canceller.join();
  CHECK(how.how == outcome::kind::cancelled);
  return std::chrono::duration_cast<std::chrono::microseconds>(ended - cancelled);
}

}  // namespace

TEST_CASE("every suspended operation is cancelled, and leaves no frame, descriptor or byte") {
  for (const suspended& s : operations()) {
    for (std::size_t i = 0; i < 2 * std::size(variants); ++i) {
      const named_variant& variant = variants[i / 2];
      const unsigned workers = i % 2 == 0 ? 1 : 3;
      INFO(s.operation << ", " << variant.name << ", " << workers << " workers");
      cancel_latency(s, variant, workers);  // what is made once in a process is there from now on
      const leftovers before = leftovers::now();
      // None of them would end by itself within the hour; a machine may be busy.
      for (int k = 0; k < 3; ++k) CHECK(cancel_latency(s, variant, workers).count() < 5'000'000);
      const leftovers after = leftovers::now();
      CHECK(after.frames == 0);
      CHECK(after.descriptors == before.descriptors);
      CHECK(after.payloads == before.payloads);
      CHECK(after.bytes == before.bytes);
    }
  }
}
