// What a node of the runtime's library costs, with the messages that it takes and sends.
#include <benchmark/benchmark.h>

#include "playbook/scenarios/bench_graph.hpp"
#include "playbook/scenarios/families.hpp"
#include "runtime/message/list.hpp"

namespace nevaperf::playbook {

using namespace runtime;

namespace {

void select(benchmark::State& state, std::size_t cases) {
  bench_graph g;
  const std::vector<channel*> conditions = g.channels(cases);
  const std::vector<channel*> values = g.channels(cases);
  for (channel* one : conditions) g.produce(*one);
  for (channel* one : values) g.produce(*one);
  channel& chosen = g.channel();
  g.add("select", {{"if", conditions, true}, {"then", values, true}}, {{"res", {&chosen}}});
  g.consume(chosen);
  g.measure(state, static_cast<std::int64_t>(cases) + 2);
  g.expect_number(state, 1);
}

void two_inputs(benchmark::State& state) {
  bench_graph g;
  channel& left = g.channel();
  channel& right = g.channel();
  channel& truth = g.channel();
  g.produce(left);
  g.produce(right);
  g.add("int_is_lesser", {{"left", {&left}}, {"right", {&right}}}, {{"res", {&truth}}});
  g.consume(truth);
  g.measure(state, 3);
  g.expect_last(state, message::boolean(false));
}

void struct_build_field(benchmark::State& state) {
  bench_graph g;
  const std::vector<channel*> parts = g.channels(3);
  for (channel* one : parts) g.produce(*one);
  channel& whole = g.channel();
  channel& part = g.channel();
  const message path = message::string("price");
  g.add("struct_builder", {{"id", {parts[0]}}, {"price", {parts[1]}}, {"amount", {parts[2]}}},
        {{"res", {&whole}}});
  g.add("field", {{"data", {&whole}}}, {{"res", {&part}}}, make_list(std::span(&path, 1)));
  g.consume(part);
  g.measure(state, 5);
  g.expect_last_of_producer(state);
}

}  // namespace

std::vector<measure::scenario> node_scenarios() {
  return {
      {.name = "two_inputs",
       .tags = {"node", "function"},
       .description = "int_is_lesser: two integers in, a boolean out",
       .run = two_inputs},
      {.name = "select/2",
       .tags = {"node", "function"},
       .description = "select with 2 cases: the oldest of two, and the value of its case",
       .run = [](benchmark::State& state) { select(state, 2); }},
      {.name = "struct_build_field",
       .tags = {"node", "function"},
       .description = "a struct of 3 fields is built, one field is read",
       .run = struct_build_field},
  };
}

}  // namespace nevaperf::playbook
