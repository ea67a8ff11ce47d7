#include "playbook/scenarios/bench_graph.hpp"

#include <benchmark/benchmark.h>

#include "core/measure/slice_runner.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;
using playbook::bench_graph;

namespace {

base::result<measure::slice> run(std::function<void(benchmark::State&)> body,
                                 std::uint64_t iterations) {
  const measure::scenario what{.name = "x", .tags = {}, .description = "", .run = std::move(body)};
  return measure::slice_runner(what).run(iterations);
}

runtime::node_task send_few(runtime::output to, int count) {
  for (int i = 0; i < count; ++i) co_await to.send(runtime::message::integer(i));
}

}  // namespace

TEST_CASE("a graph runs exactly as many messages as iterations") {
  std::int64_t last = 0;
  std::uint64_t received = 0;
  const auto got = run(
      [&](benchmark::State& state) {
        bench_graph g;
        runtime::channel& numbers = g.channel();
        runtime::channel& seen = g.channel();
        g.produce(numbers);
        g.add_node("look", {&numbers}, {&seen}, [&]() -> runtime::node_task {
          return [](runtime::input in, runtime::output out, std::int64_t& value,
                    std::uint64_t& count) -> runtime::node_task {
            for (;;) {
              runtime::message m = co_await in.receive();
              value = m.as_integer();
              ++count;
              co_await out.send(std::move(m));
            }
          }(runtime::input(numbers), runtime::output(seen), last, received);
        });
        g.consume(seen);
        g.measure(state, 2, 10);
      },
      1000);
  REQUIRE(got);
  CHECK(got->iterations == 1000);
  CHECK(got->items == 2000.0);
  // 10 to settle, 1000 measured, and at most one on its way.
  CHECK(received >= 1010);
  CHECK(received <= 1011);
  CHECK(last == playbook::first_number + static_cast<std::int64_t>(received) - 1);
}

TEST_CASE("a graph that stops before its last message is an error") {
  for (const int count : {0, 5, 70}) {  // before and after it has settled
    const auto got = run(
        [&](benchmark::State& state) {
          bench_graph g;
          runtime::channel& numbers = g.channel();
          g.add_node("few", {}, {&numbers},
                     [&] { return send_few(runtime::output(numbers), count); });
          g.consume(numbers);
          g.measure(state, 1);
        },
        100);
    REQUIRE_FALSE(got);
    CHECK(got.error().what == "the graph stopped before the last message");
  }
}

TEST_CASE("a last message that is not the expected one is an error") {
  const auto run_with = [](std::function<void(const bench_graph&, benchmark::State&)> expect) {
    return run(
        [&](benchmark::State& state) {
          bench_graph g;
          runtime::channel& numbers = g.channel();
          g.produce(numbers);
          g.consume(numbers);
          g.measure(state, 1, 10);
          expect(g, state);
        },
        100);
  };
  CHECK(run_with([](const bench_graph& g, auto& state) { g.expect_last_of_producer(state); }));
  CHECK(run_with([](const bench_graph& g, auto& state) { g.expect_number(state, 1); }));
  CHECK(run_with([](const bench_graph& g, auto& state) {
    g.expect_last(state, runtime::message::integer(1'000'109));
  }));
  const auto other = run_with([](const bench_graph& g, auto& state) {
    g.expect_last(state, runtime::message::integer(1'000'108));
  });
  REQUIRE_FALSE(other);
  CHECK(other.error().what == "the last message was 1000109, not 1000108");
  const auto beyond =
      run_with([](const bench_graph& g, auto& state) { g.expect_number(state, 0); });
  REQUIRE_FALSE(beyond);
  CHECK(beyond.error().what == "the last message was 1000109, which nobody sent");
}

TEST_CASE("an unknown function is an error") {
  const auto got = run(
      [](benchmark::State& state) {
        bench_graph g;
        g.add("nonesuch", {}, {});
        g.measure(state, 1);
      },
      1);
  REQUIRE_FALSE(got);
  CHECK(got.error().what == "no runtime function nonesuch");
}
