// What a message between nodes costs.
#include <benchmark/benchmark.h>

#include "playbook/scenarios/bench_graph.hpp"
#include "playbook/scenarios/families.hpp"

namespace nevaperf::playbook {

using namespace runtime;

namespace {

node_task pass(input data, output res) {
  for (;;) co_await res.send(co_await data.receive());
}

node_task ping(output to, input back, meter& batches, message& last) {
  for (;;) {
    for (std::uint64_t left = co_await batches.next_batch(); left != 0; --left) {
      co_await to.send(message::integer(first_number));
      last = co_await back.receive();
    }
  }
}

void hop(benchmark::State& state) {
  bench_graph g;
  channel& numbers = g.channel();
  g.produce(numbers);
  g.consume(numbers);
  g.measure(state, 1);
  g.expect_last_of_producer(state);
}

void pipeline(benchmark::State& state, std::size_t stages) {
  bench_graph g;
  channel* last = &g.channel();
  g.produce(*last);
  for (std::size_t i = 0; i < stages; ++i) {
    channel* next = &g.channel();
    g.add_node("stage", {last}, {next}, [&] { return pass(input(*last), output(*next)); });
    last = next;
  }
  g.consume(*last);
  g.measure(state, static_cast<std::int64_t>(stages) + 1);
  g.expect_last_of_producer(state);
}

void ping_pong(benchmark::State& state) {
  bench_graph g;
  channel& there = g.channel();
  channel& back = g.channel();
  g.add_node("pong", {&there}, {&back}, [&] { return pass(input(there), output(back)); });
  g.add_node("ping", {&back}, {&there},
             [&] { return ping(output(there), input(back), g.counting(), g.last()); });
  g.measure(state, 2);
  g.expect_last(state, message::integer(first_number));
}

void fan_in(benchmark::State& state, std::size_t senders) {
  bench_graph g;
  const std::vector<channel*> numbers = g.channels(senders);
  for (channel* one : numbers) g.produce(*one);
  channel& merged = g.channel();
  g.add("fan_in", {{"data", numbers, true}}, {{"res", {&merged}}});
  g.consume(merged);
  g.measure(state, 2);
  g.expect_number(state, 1);
}

void fan_out(benchmark::State& state, std::size_t receivers) {
  bench_graph g;
  channel& numbers = g.channel();
  g.produce(numbers);
  const std::vector<channel*> copies = g.channels(receivers);
  g.add("fan_out", {{"data", {&numbers}}}, {{"data", copies, true}});
  g.consume(*copies.front());
  for (std::size_t i = 1; i < copies.size(); ++i) g.drop(*copies[i]);
  g.measure(state, static_cast<std::int64_t>(receivers) + 1);
  g.expect_last_of_producer(state);
}

}  // namespace

std::vector<measure::scenario> channel_scenarios() {
  return {
      {.name = "hop",
       .tags = {"micro", "channel"},
       .description = "one message from a producer to a consumer",
       .run = hop},
      {.name = "ping_pong",
       .tags = {"micro", "channel"},
       .description = "a message to another node and its answer",
       .run = ping_pong},
      {.name = "pipeline/8",
       .tags = {"micro", "channel"},
       .description = "a message through 8 nodes that pass it on",
       .run = [](benchmark::State& state) { pipeline(state, 8); }},
      {.name = "fan_in/16",
       .tags = {"micro", "channel"},
       .description = "one of the messages of 16 senders, merged oldest first",
       .run = [](benchmark::State& state) { fan_in(state, 16); }},
      {.name = "fan_out/16",
       .tags = {"micro", "channel"},
       .description = "a message to 16 receivers",
       .run = [](benchmark::State& state) { fan_out(state, 16); }},
  };
}

}  // namespace nevaperf::playbook
