// Logic and equality.
#include "runtime/message/message.hpp"
#include "runtime/nodes/families.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

template <bool Negated>
node_task equality(input left, input right, output res) {
  for (;;) {
    auto [l, r] = co_await receive_both(left, right);
    co_await res.send(message::boolean(equal(l, r) != Negated));
  }
}

struct conjunction {
  static bool of(bool l, bool r) { return l && r; }
};
struct disjunction {
  static bool of(bool l, bool r) { return l || r; }
};

template <class Operation>
node_task binary(input left, input right, output res) {
  for (;;) {
    auto [l, r] = co_await receive_both(left, right);
    co_await res.send(message::boolean(Operation::of(left.boolean(l), right.boolean(r))));
  }
}

node_task negation(input data, output res) {
  for (;;) {
    const message value = co_await data.receive();
    co_await res.send(message::boolean(!data.boolean(value)));
  }
}

template <node_task (*Node)(input, input, output)>
started start_binary(const binding& b) {
  return Node(b.in("left"), b.in("right"), b.out("res"));
}

constexpr function table[] = {
    {.ref = "eq",
     .ins = "left right",
     .outs = "res",
     .start = start_binary<equality<false>>,
     .summary = "True if both values are equal: same kind, same contents."},
    {.ref = "ne",
     .ins = "left right",
     .outs = "res",
     .start = start_binary<equality<true>>,
     .summary = "True if the values differ."},
    {.ref = "and",
     .ins = "left right",
     .outs = "res",
     .start = start_binary<binary<conjunction>>,
     .summary = "True if both are true."},
    {.ref = "or",
     .ins = "left right",
     .outs = "res",
     .start = start_binary<binary<disjunction>>,
     .summary = "True if one of them is true."},
    {.ref = "not",
     .ins = "data",
     .outs = "res",
     .start = [](const binding& b) -> started { return negation(b.in("data"), b.out("res")); },
     .summary = "The other truth value."},
};

}  // namespace

std::span<const function> logic_functions() {
  return table;
}

}  // namespace nevaperf::runtime
