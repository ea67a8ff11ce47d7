// The stacks of a view merged from the root: who called whom, with what.
//
// Invariants: nodes[0] is the root and has no frame; a parent comes before its children; the total
// of a node is its own value and the totals of its children. Stacks with negative values (of a
// difference) are left out and counted. Thread safety: pure function.
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

struct call_tree {
  std::vector<call_node> nodes;
  std::size_t negative_stacks = 0;
};

[[nodiscard]] call_tree make_call_tree(const stack_view& view);

// The children of each node, the largest first.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> children_of(const call_tree& tree);

}  // namespace nevaperf::profiles
