// A graph that is driven by a benchmark: it rests between batches of messages and keeps its state.
//
//   bench_graph g;
//   channel& numbers = g.channel();
//   g.produce(numbers);                       // integers, as many as are taken
//   g.consume(numbers);                       // counts; stops taking when the batch is full
//   g.measure(state, 1);                      // one message an operation
//   g.expect_last_of_producer(state);         // the right one came last
//
// The whole loop of a benchmark is one batch: what the harness costs is paid once for millions of
// messages. Producers are endless and block when nobody takes, so a graph rests as soon as its one
// counting node has had enough.
//
// Thread safety: owner only.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "playbook/scenarios/sample_values.hpp"
#include "runtime/nodes/function.hpp"
#include "runtime/port/ports.hpp"
#include "runtime/program/graph.hpp"

namespace benchmark {
class State;
}

namespace nevaperf::playbook {

// How many messages the counting node still takes; it rests here between batches.
class meter {
 public:
  // For the node: the size of the next batch. The batch before is done.
  auto next_batch() noexcept {
    struct awaiter {
      meter* from;
      bool await_ready() const noexcept { return from->granted_ != 0; }
      void await_suspend(runtime::node_task::handle h) const noexcept {
        from->resting_ = &h.promise();
      }
      std::uint64_t await_resume() const noexcept { return std::exchange(from->granted_, 0); }
    };
    return awaiter{this};
  }

  // From outside the graph: lets `count` messages through at the graph's next steps.
  void grant(std::uint64_t count) noexcept {
    granted_ = count;
    if (runtime::task* t = std::exchange(resting_, nullptr)) t->here().make_ready(*t);
  }

  [[nodiscard]] bool is_resting() const { return resting_ != nullptr; }

 private:
  std::uint64_t granted_ = 0;
  runtime::task* resting_ = nullptr;
};

class bench_graph {
 public:
  struct port {
    std::string_view name;
    std::vector<runtime::channel*> slots;
    bool is_array = false;
  };

  // A variant to be measured; else the default.
  void use_channels(runtime::graph::channel_variant v) { graph_.use_channels(v); }
  runtime::channel& channel() { return graph_.add_channel(); }
  std::vector<runtime::channel*> channels(std::size_t count);

  // Nodes that send consecutive integers from first_number on, and that take and drop.
  void produce(runtime::channel& to);
  void drop(runtime::channel& from);
  // The counting node; one a graph.
  void consume(runtime::channel& from);
  // A function of the runtime's library.
  void add(std::string_view ref, std::vector<port> ins, std::vector<port> outs,
           runtime::message config = {});
  // Any node of this graph's own.
  template <class Make>
  void add_node(std::string_view name, std::initializer_list<runtime::channel*> ins,
                std::initializer_list<runtime::channel*> outs, Make&& make) {
    graph_.add_node(name, ins, outs, std::forward<Make>(make));
  }
  template <class Make>
  void add_node(std::string_view name, std::span<runtime::channel* const> ins,
                std::span<runtime::channel* const> outs, Make&& make) {
    graph_.add_node(name, ins, outs, std::forward<Make>(make));
  }
  // For a counting node of another kind: its meter, and where it leaves the last message.
  [[nodiscard]] meter& counting() { return meter_; }
  [[nodiscard]] runtime::message& last() { return last_; }
  [[nodiscard]] runtime::cluster& home() { return graph_.home(); }

  // Runs the benchmark's iterations, each of which the counting node counts once; `messages` are
  // handed over in the whole graph meanwhile. `settling` iterations go before and are not measured.
  void measure(benchmark::State& state, std::int64_t messages, std::uint64_t settling = 64);

  // After measure: what the counting node took last. Anything else is an error of the benchmark.
  void expect_last(benchmark::State& state, const runtime::message& wanted) const;
  // The integer that a producer sends after as many as there were iterations.
  void expect_last_of_producer(benchmark::State& state) const;
  // One of the integers of producers that together sent that many an iteration.
  void expect_number(benchmark::State& state, std::int64_t an_iteration) const;

  // Instead of measure, for graphs that end by themselves: true if this one did.
  bool run_to_end();

 private:
  bool run_batch(std::uint64_t count);
  std::span<const runtime::bound_port> bind(const std::vector<port>& ports);

  // Before the graph: nodes refer to them until it is gone.
  runtime::environment world_ = runtime::environment::silent();
  meter meter_;
  runtime::message last_;
  std::uint64_t iterations_ = 0;
  runtime::graph graph_;
};

}  // namespace nevaperf::playbook
