// The stacks of both sides merged from the root: who called whom, with what before and after.
//
// Invariants: nodes[0] is the root and has no frame; a parent comes before its children; a total is
// the node's own value and the totals of its children. Values are normalised means of the runs;
// stacks with negative values are left out. Beyond most_diff_nodes no call is added: what the
// stacks below spent is their last known caller's. Thread safety: pure function.
#pragma once

#include <vector>

#include "profiles/diff/aligned.hpp"

namespace nevaperf::profiles {

struct old_and_new {
  double old_value = 0;
  double new_value = 0;
};

struct diff_node {
  std::uint32_t frame = 0;  // of aligned_sides::frames
  std::uint32_t parent = 0;
  old_and_new self;
  old_and_new total;
};

inline constexpr std::size_t most_diff_nodes = std::size_t{4} << 20;

[[nodiscard]] std::vector<diff_node> make_diff_tree(const aligned_sides& sides);

}  // namespace nevaperf::profiles
