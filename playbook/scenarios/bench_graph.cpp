#include "playbook/scenarios/bench_graph.hpp"

#include <benchmark/benchmark.h>

#include <stdexcept>
#include <string>

#include "runtime/message/text.hpp"
#include "runtime/nodes/registry.hpp"

namespace nevaperf::playbook {

using namespace runtime;

namespace {

node_task send_numbers(output to) {
  for (std::int64_t n = first_number;; ++n) co_await to.send(message::integer(n));
}

node_task drop_all(input from) {
  for (;;) co_await from.receive();
}

node_task count_all(input from, meter& batches, message& last) {
  for (;;) {
    for (std::uint64_t left = co_await batches.next_batch(); left != 0; --left) {
      last = co_await from.receive();
    }
  }
}

}  // namespace

std::vector<runtime::channel*> bench_graph::channels(std::size_t count) {
  std::vector<runtime::channel*> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(&channel());
  return made;
}

void bench_graph::produce(runtime::channel& to) {
  add_node("producer", {}, {&to}, [&] { return send_numbers(output(to)); });
}

void bench_graph::drop(runtime::channel& from) {
  add_node("drop", {&from}, {}, [&] { return drop_all(input(from)); });
}

void bench_graph::consume(runtime::channel& from) {
  add_node("consumer", {&from}, {}, [&] { return count_all(input(from), meter_, last_); });
}

std::span<const bound_port> bench_graph::bind(const std::vector<port>& ports) {
  frame_arena& memory = graph_.memory();
  const std::span<bound_port> bound = memory.array<bound_port>(ports.size());
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const std::span<runtime::channel*> slots =
        memory.array<runtime::channel*>(ports[i].slots.size());
    std::copy(ports[i].slots.begin(), ports[i].slots.end(), slots.begin());
    bound[i] = {.name = ports[i].name, .slots = slots, .is_array = ports[i].is_array};
  }
  return bound;
}

void bench_graph::add(std::string_view ref, std::vector<port> ins, std::vector<port> outs,
                      message config) {
  const auto joined = [](const std::vector<port>& ports) {
    std::vector<runtime::channel*> all;
    for (const port& p : ports) all.insert(all.end(), p.slots.begin(), p.slots.end());
    return all;
  };
  const function* behaviour = find_function(ref);
  if (behaviour == nullptr) throw std::logic_error("no runtime function " + std::string(ref));
  const frame_scope frames(graph_.memory());
  auto started = behaviour->start(binding{.ins = bind(ins),
                                          .outs = bind(outs),
                                          .config = std::move(config),
                                          .world = world_,
                                          .home = graph_.home(),
                                          .memory = graph_.memory()});
  if (!started) throw std::logic_error(std::string(ref) + ": " + started.error().line());
  graph_.adopt(ref, joined(ins), joined(outs), *std::move(started));
}

bool bench_graph::run_batch(std::uint64_t count) {
  meter_.grant(count);
  iterations_ += count;
  while (graph_.run_some(UINT64_MAX)) {
  }
  return meter_.is_resting();
}

void bench_graph::measure(benchmark::State& state, std::int64_t messages, std::uint64_t settling) {
  // Nodes start, tables are made, every node reaches the state it rests in.
  bool whole = run_batch(settling);
  const auto batch = state.max_iterations;
  while (whole && state.KeepRunningBatch(batch)) {
    whole = run_batch(static_cast<std::uint64_t>(batch));
  }
  if (!whole) state.SkipWithError("the graph stopped before the last message");
  state.SetItemsProcessed(state.iterations() * messages);
}

void bench_graph::expect_last(benchmark::State& state, const message& wanted) const {
  if (equal(last_, wanted)) return;
  state.SkipWithError(
      ("the last message was " + text_of(last_) + ", not " + text_of(wanted)).c_str());
}

void bench_graph::expect_last_of_producer(benchmark::State& state) const {
  expect_last(state, message::integer(first_number + static_cast<std::int64_t>(iterations_) - 1));
}

void bench_graph::expect_number(benchmark::State& state, std::int64_t an_iteration) const {
  const std::int64_t end = first_number + static_cast<std::int64_t>(iterations_) * an_iteration;
  if (last_.is(kind::integer) && last_.as_integer() >= first_number && last_.as_integer() < end)
    return;
  state.SkipWithError(("the last message was " + text_of(last_) + ", which nobody sent").c_str());
}

bool bench_graph::run_to_end() {
  return graph_.run().how == outcome::kind::stopped;
}

}  // namespace nevaperf::playbook
