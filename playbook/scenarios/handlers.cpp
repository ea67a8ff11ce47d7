// What a function costs its caller: the benchmarks of single functions in Neva's own suite, under
// their names and of the same shape. A driver sends one message to each input in order and waits
// for the result. What differs: the Go channels had room for one message, these have none.
#include <benchmark/benchmark.h>

#include <string_view>
#include <utility>
#include <vector>

#include "playbook/scenarios/bench_graph.hpp"
#include "playbook/scenarios/families.hpp"
#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/message/structure.hpp"
#include "runtime/port/selector.hpp"

namespace nevaperf::playbook {

using namespace runtime;

namespace {

struct stimulus {
  std::string_view port;
  message value;
  bool is_slot = false;  // of an array port: the next one
  bool is_sent = true;   // else the input is there and gets nothing
};

struct driven_port {
  channel* to;
  message value;
};

node_task drive(std::vector<driven_port> inputs, input result, meter& batches, message& last) {
  for (;;) {
    for (std::uint64_t left = co_await batches.next_batch(); left != 0; --left) {
      for (const driven_port& one : inputs) co_await output(*one.to).send(one.value);
      last = co_await result.receive();
    }
  }
}

// `unused` names an output that must be connected and never gets a message.
void call(benchmark::State& state, std::string_view ref, std::vector<stimulus> stimuli,
          const message& wanted, std::string_view unused = {}) {
  bench_graph g;
  std::vector<bench_graph::port> ins;
  std::vector<driven_port> driven;
  std::vector<channel*> sent;
  for (stimulus& one : stimuli) {
    channel& to = g.channel();
    if (one.is_slot && !ins.empty() && ins.back().name == one.port) {
      ins.back().slots.push_back(&to);
    } else {
      ins.push_back({.name = one.port, .slots = {&to}, .is_array = one.is_slot});
    }
    sent.push_back(&to);
    if (one.is_sent) driven.push_back({&to, std::move(one.value)});
  }
  channel& result = g.channel();
  std::vector<bench_graph::port> outs = {{.name = "res", .slots = {&result}}};
  if (!unused.empty()) outs.push_back({.name = unused, .slots = {&g.channel()}});
  g.add(ref, std::move(ins), std::move(outs));
  const auto messages = static_cast<std::int64_t>(driven.size()) + 1;
  channel* const received[] = {&result};
  g.add_node("driver", received, sent,
             [&] { return drive(std::move(driven), input(result), g.counting(), g.last()); });
  g.measure(state, messages);
  g.expect_last(state, wanted);
}

message number(std::int64_t v) {
  return message::integer(first_number + v);
}

message numbers(std::int64_t from, std::int64_t count) {
  list_builder list(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) list.append(number(from + i));
  return std::move(list).build();
}

void is_lesser(benchmark::State& state) {
  call(state, "int_is_lesser", {{"left", number(7)}, {"right", number(42)}},
       message::boolean(true));
}
void not_equal(benchmark::State& state) {
  call(state, "ne", {{"left", number(7)}, {"right", number(42)}}, message::boolean(true));
}
void select_then(benchmark::State& state) {
  call(state, "select",
       {{"if", message::boolean(true), true},
        {"if", {}, true, false},
        {"then", number(1), true},
        {"then", number(2), true}},
       number(1));
}
void build_struct(benchmark::State& state) {
  const atom names[] = {atom::intern("a"), atom::intern("b"), atom::intern("c")};
  message values[] = {number(1), number(2), number(3)};
  call(state, "struct_builder", {{"a", number(1)}, {"b", number(2)}, {"c", number(3)}},
       make_structure(shape::intern(names), values));
}
void ternary_else(benchmark::State& state) {
  call(state, "ternary",
       {{"if", message::boolean(false)}, {"then", number(42)}, {"else", number(0)}}, number(0));
}
void dict_get(benchmark::State& state) {
  call(state, "get_dict_value_by_key",
       {{"dict", make_dict({{message::string("a"), number(1)},
                            {message::string("b"), number(2)},
                            {message::string("c"), number(3)}})},
        {"key", message::string("b")}},
       number(2), "err");
}
void list_at(benchmark::State& state) {
  call(state, "list_at", {{"data", numbers(1, 8)}, {"idx", message::integer(4)}}, number(5), "err");
}
void list_slice(benchmark::State& state) {
  call(state, "list_slice",
       {{"data", numbers(1, 4)}, {"from", message::integer(1)}, {"to", message::integer(3)}},
       numbers(2, 2));
}
void list_prepend(benchmark::State& state) {
  call(state, "list_prepend", {{"data", number(0)}, {"lst", numbers(1, 8)}}, numbers(0, 9));
}
void list_concat(benchmark::State& state) {
  call(state, "list_concat", {{"left", numbers(0, 8)}, {"right", numbers(8, 8)}}, numbers(0, 16));
}
void string_slice(benchmark::State& state) {
  call(state, "string_slice",
       {{"data", message::string("abcd")},
        {"from", message::integer(1)},
        {"to", message::integer(3)}},
       message::string("bc"));
}

template <std::int64_t Number>
void standard_file(benchmark::State& state) {
  constexpr std::string_view refs[] = {"file_stdin", "file_stdout", "file_stderr"};
  call(state, refs[Number], {{"sig", empty_structure()}}, message::integer(Number));
}

node_task take_oldest(selector& from, meter& batches, message& last) {
  for (;;) {
    for (std::uint64_t left = co_await batches.next_batch(); left != 0; --left) {
      co_await from.select();
      last = (co_await from.select()).value;
    }
  }
}

// An operation is a message on each of the two slots.
void select_two_slots(benchmark::State& state) {
  bench_graph g;
  const std::vector<channel*> slots = g.channels(2);
  for (channel* one : slots) g.produce(*one);
  selector both(slots);
  g.add_node("oldest", slots, {}, [&] { return take_oldest(both, g.counting(), g.last()); });
  g.measure(state, 2);
  g.expect_number(state, 2);
}

constexpr struct {
  const char* name;
  const char* tier;
  const char* description;
  void (*run)(benchmark::State&);
} table[] = {
    {"ArrayInportSelectTwoSlots", "micro", "the oldest of two slots, twice", select_two_slots},
    {"IntIsLesserHotpath", "node", "int_is_lesser of two integers", is_lesser},
    {"NotEqHotpath", "node", "ne of two integers", not_equal},
    {"SelectHotpath", "node", "select with 2 cases, of which the first is taken", select_then},
    {"StructHotpath", "node", "struct_builder with 3 fields", build_struct},
    {"TernaryElseHotpath", "node", "ternary, of which the last input is taken", ternary_else},
    {"GetDictTypedInt", "node", "get_dict_value_by_key in a dict of 3", dict_get},
    {"ListAtTypedInt", "node", "list_at in a list of 8", list_at},
    {"ListSliceHotpath", "node", "list_slice: the middle 2 of 4 integers", list_slice},
    {"ListPrependHotpath", "node", "list_prepend to a list of 8", list_prepend},
    {"ListConcatHotpath", "node", "list_concat of two lists of 8", list_concat},
    {"StringSliceHotpath", "node", "string_slice: the middle 2 of 4 letters", string_slice},
    {"FileStdioHandles/stdin", "node", "file_stdin: the handle of stdin", standard_file<0>},
    {"FileStdioHandles/stdout", "node", "file_stdout: the handle of stdout", standard_file<1>},
    {"FileStdioHandles/stderr", "node", "file_stderr: the handle of stderr", standard_file<2>},
};

}  // namespace

std::vector<measure::scenario> handler_scenarios() {
  std::vector<measure::scenario> all;
  for (const auto& one : table) {
    all.push_back({.name = one.name,
                   .tags = {one.tier, "handler"},
                   .description = one.description,
                   .run = one.run});
  }
  return all;
}

}  // namespace nevaperf::playbook
