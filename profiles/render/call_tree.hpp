// The stacks of a view merged from the root: who called whom, with what.
//
// Invariants: nodes[0] is the root and has no frame; a parent comes before its children; the total
// of a node is its own value and the totals of its children. Stacks with negative values (of a
// difference) are left out and counted. Beyond most_call_nodes no call is added: what the stacks
// below spent is their last known caller's. Thread safety: pure function.
#pragma once

#include <cstdint>
#include <vector>

#include "profiles/model/stack_view.hpp"

namespace nevaperf::profiles {

struct call_node {
  std::uint32_t frame = 0;
  std::uint32_t parent = 0;
  std::int64_t self = 0;
  std::int64_t total = 0;
};

// Some hundred MiB: profiles of programs have far fewer.
inline constexpr std::size_t most_call_nodes = std::size_t{4} << 20;

struct call_tree {
  std::vector<call_node> nodes;
  std::size_t negative_stacks = 0;
  std::size_t cut_stacks = 0;  // that end at a caller
};

[[nodiscard]] call_tree make_call_tree(const stack_view& view,
                                       std::size_t most_nodes = most_call_nodes);

// The children of each node, the largest first.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> children_of(const call_tree& tree);

}  // namespace nevaperf::profiles
