// The shape that the functions on one or two scalars share: receive, compute, send.
//
// An operation is a type with `static message of(...)` on the plain values. It may throw
// `impossible_operation`, which ends the run with the node's place (division by zero, a negative
// shift).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/nodes/function.hpp"

namespace nevaperf::runtime {

// An operation without a result for these operands. Thrown inside nodes only.
struct impossible_operation {
  std::string what;
};

template <kind K>
auto scalar_of(const input& port, const message& m) {
  if constexpr (K == kind::integer)
    return port.integer(m);
  else if constexpr (K == kind::floating)
    return port.floating(m);
  else if constexpr (K == kind::boolean)
    return port.boolean(m);
  else if constexpr (K == kind::bytes)
    return port.bytes(m);
  else
    return port.string(m);
}

template <kind K, class Operation>
node_task binary_node(input left, input right, output res) {
  for (;;) {
    auto [l, r] = co_await receive_both(left, right);
    co_await res.send(Operation::of(scalar_of<K>(left, l), scalar_of<K>(right, r)));
  }
}

template <kind K, class Operation>
node_task unary_node(input data, output res) {
  for (;;) {
    const message value = co_await data.receive();
    co_await res.send(Operation::of(scalar_of<K>(data, value)));
  }
}

template <kind K, class Operation>
constexpr function binary_function(std::string_view ref, std::string_view summary,
                                   std::string_view errors = {}) {
  return {.ref = ref,
          .ins = "left right",
          .outs = "res",
          .config = config_rule::none,
          .start = [](const binding& b) -> base::result<node_task> {
            return binary_node<K, Operation>(b.in("left"), b.in("right"), b.out("res"));
          },
          .summary = summary,
          .errors = errors};
}

template <kind K, class Operation>
constexpr function unary_function(std::string_view ref, std::string_view summary) {
  return {.ref = ref,
          .ins = "data",
          .outs = "res",
          .config = config_rule::none,
          .start = [](const binding& b) -> base::result<node_task> {
            return unary_node<K, Operation>(b.in("data"), b.out("res"));
          },
          .summary = summary};
}

}  // namespace nevaperf::runtime
