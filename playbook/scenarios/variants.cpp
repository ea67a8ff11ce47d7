// The variants of the performance map beside the default, on the same graphs.
//
// Forms of messages are measured on channels that all take the same way out of line, also the
// default form: what differs is the form alone.
#include <benchmark/benchmark.h>

#include <functional>
#include <string>

#include "playbook/scenarios/bench_graph.hpp"
#include "playbook/scenarios/families.hpp"

namespace nevaperf::playbook {

using namespace runtime;

namespace {

struct named_form {
  const char* name;
  message_form form;
};
constexpr named_form forms[] = {{"tagged16", message_form::tagged16},
                                {"tagged48", message_form::tagged48},
                                {"boxed", message_form::boxed}};

struct named_handling {
  const char* name;
  slot_handling slots;
};
constexpr named_handling handlings[] = {{"readiness", slot_handling::readiness},
                                        {"task_per_slot", slot_handling::task_per_slot},
                                        {"pool", slot_handling::pool}};

constexpr const char* long_text = "a text that is far too long to lie inside of a message";

node_task send_text(output to) {
  const message text = message::string(long_text);
  for (;;) co_await to.send(text);
}

node_task select_all(selector& from, meter& batches, message& last) {
  for (;;) {
    for (std::uint64_t left = co_await batches.next_batch(); left != 0; --left) {
      last = (co_await from.select()).value;
    }
  }
}

void hop(benchmark::State& state, message_form form) {
  bench_graph g;
  channel& numbers = g.channel();
  use_form(numbers, form);
  g.produce(numbers);
  g.consume(numbers);
  g.measure(state, 1);
  g.expect_last_of_producer(state);
}

void hop_text(benchmark::State& state, message_form form) {
  bench_graph g;
  channel& texts = g.channel();
  use_form(texts, form);
  g.add_node("producer", {}, {&texts}, [&] { return send_text(output(texts)); });
  g.consume(texts);
  g.measure(state, 1);
  g.expect_last(state, message::string(long_text));
}

void select_slots(benchmark::State& state, std::size_t slots, slot_handling who) {
  bench_graph g;
  g.use_channels({.slots = who});
  const std::vector<channel*> numbers = g.channels(slots);
  for (channel* one : numbers) g.produce(*one);
  selector which(numbers);
  g.add_node("select", numbers, {}, [&] { return select_all(which, g.counting(), g.last()); });
  g.measure(state, 1);
  g.expect_number(state, 1);
}

void struct_of_3(benchmark::State& state, slot_handling who) {
  bench_graph g;
  g.use_channels({.slots = who});
  const std::vector<channel*> parts = g.channels(3);
  for (channel* one : parts) g.produce(*one);
  channel& whole = g.channel();
  g.add("struct_builder", {{"a", {parts[0]}}, {"b", {parts[1]}}, {"c", {parts[2]}}},
        {{"res", {&whole}}});
  g.consume(whole);
  g.measure(state, 4);
}

void wire_and_destroy(benchmark::State& state, bool is_pooled) {
  constexpr std::size_t nodes = 1000;
  for (auto unused : state) {
    static_cast<void>(unused);
    graph g;
    if (!is_pooled) g.use_no_pools();
    for (std::size_t i = 0; i < nodes; ++i) {
      channel& c = g.add_channel();
      g.add_node("sender", {}, {&c}, [&] { return send_text(output(c)); });
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(nodes));
}

void add(std::vector<measure::scenario>& all, std::string name, std::string description,
         std::function<void(benchmark::State&)> run) {
  all.push_back({.name = std::move(name),
                 .tags = {"micro"},
                 .description = std::move(description),
                 .run = std::move(run)});
}

}  // namespace

std::vector<measure::scenario> variant_scenarios() {
  std::vector<measure::scenario> all;
  for (const named_form& f : forms) {
    add(all, std::string("hop/") + f.name, "an integer over 255, carried in this form",
        [form = f.form](benchmark::State& state) { hop(state, form); });
    add(all, std::string("hop_text/") + f.name, "a long text, carried in this form",
        [form = f.form](benchmark::State& state) { hop_text(state, form); });
  }
  for (const named_handling& h : handlings) {
    for (const std::size_t slots : {2U, 16U, 255U})
      add(all, "select_" + std::to_string(slots) + "/" + h.name, "one message of one of many slots",
          [slots, who = h.slots](benchmark::State& state) { select_slots(state, slots, who); });
    add(all, std::string("struct_3/") + h.name, "a struct of one message from each of 3 inputs",
        [who = h.slots](benchmark::State& state) { struct_of_3(state, who); });
  }
  add(all, "wire_1000/pooling_on", "1000 nodes and their channels made and destroyed: chunks",
      [](benchmark::State& state) { wire_and_destroy(state, true); });
  add(all, "wire_1000/pooling_off", "the same, every block from the allocator by itself",
      [](benchmark::State& state) { wire_and_destroy(state, false); });
  return all;
}

}  // namespace nevaperf::playbook
