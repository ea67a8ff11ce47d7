// The observer on real graphs whose nodes sleep: what they waited is known.
#include <chrono>

#include "profiles/contention/node_waits.hpp"
#include "profiles/contention/wait_observer.hpp"
#include "runtime/observe/instruments.hpp"
#include "runtime/port/ports.hpp"
#include "runtime/program/graph.hpp"
#include "runtime/schedule/waits.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;
using namespace nevaperf::runtime;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t rounds = 20;
constexpr auto pause = 10ms;

node_task eager(output to) {
  for (;;) co_await to.send(message::integer(1));
}

// Takes one message from each side in turn.
node_task between(input first, input second, output to) {
  for (;;) {
    co_await first.receive();
    co_await to.send(co_await second.receive());
  }
}

node_task sleepy(output to) {
  for (;;) {
    co_await sleep_for(pause);
    co_await to.send(message::integer(2));
  }
}

node_task taker(input from, cluster& home) {
  for (std::uint64_t i = 0; i < rounds; ++i) co_await from.receive();
  home.end({.how = outcome::kind::stopped, .status = 0, .text = {}, .failure = {}});
}

std::vector<profiles::named_wait> waits_of_run(unsigned workers, scheduler::placement place) {
  profiles::wait_observer seen;
  install({.marks_work = true, .watcher = &seen});
  {
    graph g;
    channel& a = g.add_channel();
    channel& b = g.add_channel();
    channel& c = g.add_channel();
    g.add_node("eager", {}, {&a}, [&] { return eager(output(a)); });
    g.add_node("sleepy", {}, {&b}, [&] { return sleepy(output(b)); });
    g.add_node("between", {&a, &b}, {&c}, [&] { return between(input(a), input(b), output(c)); });
    g.add_node("taker", {&c}, {}, [&] { return taker(input(c), g.home()); });
    g.use_workers(workers, place);
    REQUIRE(g.run().how == outcome::kind::stopped);
  }
  auto found = profiles::with_names(seen.found());
  install({});
  return found;
}

double delay_ms(const std::vector<profiles::named_wait>& of, const std::string& reason,
                const std::vector<std::string>& chain) {
  double sum = 0;
  for (const auto& w : of)
    if (w.reason == reason && w.chain == chain)
      sum += static_cast<double>(w.amount.delay_ns) * 1e-6;
  return sum;
}

}  // namespace

TEST_CASE("waits of nodes that sleep, and who made them wait, on one worker and on several") {
  const double slept_ms = static_cast<double>(rounds) * 10;
  for (const unsigned workers : {1U, 4U}) {
    INFO(workers << " workers");
    const auto place = workers == 1 ? scheduler::placement::adaptive : scheduler::placement::spread;
    const auto waits = waits_of_run(workers, place);
    // Sleeping takes a little longer than asked; the rest is exact.
    CHECK(delay_ms(waits, "idle", {"sleepy"}) >= slept_ms);
    const double slept = delay_ms(waits, "idle", {"sleepy"});
    CHECK(delay_ms(waits, "recv_empty", {"between", "sleepy"}) == Approx(slept).epsilon(0.03));
    // eager waits to send to between, because between waits for sleepy.
    CHECK(delay_ms(waits, "send_full", {"eager", "between", "sleepy"}) ==
          Approx(slept).epsilon(0.1));
    CHECK(delay_ms(waits, "send_full", {"eager", "between"}) < 0.1 * slept);
    CHECK(delay_ms(waits, "recv_empty", {"taker", "between", "sleepy"}) ==
          Approx(slept).epsilon(0.1));
  }
}
