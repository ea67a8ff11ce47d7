// Neva's benchmarks of single functions, under their names and of the same shape: a driver sends
// one message to each input in order and waits for the result. What differs: the Go channels had
// room for one message, ours have none.
#include <utility>
#include <vector>

#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/nodes/registry.hpp"
#include "tests/perf/peers/nevaperf/groups.hpp"
#include "tests/perf/peers/nevaperf/test_graph.hpp"

namespace nevaperf::peers {

namespace {

struct stimulus {
  std::string_view port;
  message value;
  bool is_slot = false;  // of an array port: the next slot
  bool is_sent = true;   // else the input is there and gets nothing
};

struct driven_port {
  channel* to;
  message value;
};

node_task drive(std::vector<driven_port> inputs, input result, std::int64_t count, test_graph& g) {
  for (std::int64_t i = 0; i < count; ++i) {
    for (const driven_port& p : inputs) co_await output(*p.to).send(p.value);
    co_await result.receive();
  }
  g.end();
  co_await runtime::forever{};
}

// `unused` names outputs of the function that must be connected and never get a message.
elapsed handler(std::int64_t count, std::string_view ref, std::vector<stimulus> stimuli,
                std::initializer_list<std::string_view> unused = {}) {
  test_graph g;
  std::vector<named_port> ins;
  std::vector<driven_port> driven;
  std::vector<channel*> sent;
  for (stimulus& s : stimuli) {
    channel& c = g.add_channel();
    if (s.is_slot && !ins.empty() && ins.back().name == s.port)
      ins.back().slots.push_back(&c);
    else
      ins.push_back({.name = s.port, .slots = {&c}, .is_array = s.is_slot});
    sent.push_back(&c);
    if (s.is_sent) driven.push_back({&c, std::move(s.value)});
  }
  channel& result = g.add_channel();
  std::vector<named_port> outs = {{.name = "res", .slots = {&result}}};
  for (const std::string_view name : unused)
    outs.push_back({.name = name, .slots = g.add_channels(1)});
  g.add_function(ref, ins, outs);
  g.add({&result}, sent, [&] { return drive(std::move(driven), input(result), count, g); });
  return g.run();
}

message number(std::int64_t v) {
  return message::integer(first_value + v);
}

message numbers(std::int64_t count) {
  runtime::list_builder list;
  for (std::int64_t i = 0; i < count; ++i) list.append(number(i));
  return std::move(list).build();
}

elapsed is_lesser(std::int64_t n) {
  return handler(n, "int_is_lesser", {{"left", number(7)}, {"right", number(42)}});
}
elapsed not_equal(std::int64_t n) {
  return handler(n, "ne", {{"left", number(7)}, {"right", number(42)}});
}
elapsed select_then(std::int64_t n) {
  return handler(n, "select",
                 {{"if", message::boolean(true), true},
                  {"if", {}, true, false},
                  {"then", number(1), true},
                  {"then", number(2), true}});
}
elapsed build_struct(std::int64_t n) {
  return handler(n, "struct_builder", {{"a", number(1)}, {"b", number(2)}, {"c", number(3)}});
}
elapsed ternary_else(std::int64_t n) {
  return handler(n, "ternary",
                 {{"if", message::boolean(false)}, {"then", number(42)}, {"else", number(0)}});
}
elapsed dict_get(std::int64_t n) {
  return handler(n, "get_dict_value_by_key",
                 {{"dict", runtime::make_dict({{message::string("a"), number(1)},
                                               {message::string("b"), number(2)},
                                               {message::string("c"), number(3)}})},
                  {"key", message::string("b")}},
                 {"err"});
}
elapsed list_at(std::int64_t n) {
  return handler(n, "list_at", {{"data", numbers(8)}, {"idx", message::integer(4)}}, {"err"});
}
elapsed list_slice(std::int64_t n) {
  return handler(
      n, "list_slice",
      {{"data", numbers(4)}, {"from", message::integer(1)}, {"to", message::integer(3)}});
}
elapsed string_slice(std::int64_t n) {
  return handler(n, "string_slice",
                 {{"data", message::string("abcd")},
                  {"from", message::integer(1)},
                  {"to", message::integer(3)}});
}
// An operation is a message on each of the two slots.
elapsed select_two_slots(std::int64_t n) {
  for (const work& w : passing_works())
    if (w.name == "select_2") return w.run(2 * n);
  return {};
}

constexpr struct {
  work what;
  std::string_view ref;
} table[] = {
    {{"ArrayInportSelectTwoSlots", select_two_slots}, "fan_in"},
    {{"IntIsLesserHotpath", is_lesser}, "int_is_lesser"},
    {{"NotEqHotpath", not_equal}, "ne"},
    {{"SelectHotpath", select_then}, "select"},
    {{"StructHotpath", build_struct}, "struct_builder"},
    {{"TernaryElseHotpath", ternary_else}, "ternary"},
    {{"GetDictTypedInt", dict_get}, "get_dict_value_by_key"},
    {{"ListAtTypedInt", list_at}, "list_at"},
    {{"ListSliceHotpath", list_slice}, "list_slice"},
    {{"StringSliceHotpath", string_slice}, "string_slice"},
};

}  // namespace

// Those whose function the runtime has.
std::span<const work> handler_works() {
  static const std::vector<work> there = [] {
    std::vector<work> works;
    for (const auto& [what, ref] : table)
      if (runtime::find_function(ref) != nullptr) works.push_back(what);
    return works;
  }();
  return there;
}

}  // namespace nevaperf::peers
