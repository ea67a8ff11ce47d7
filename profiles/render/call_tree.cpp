#include "profiles/render/call_tree.hpp"

#include <algorithm>
#include <unordered_map>

namespace nevaperf::profiles {

call_tree make_call_tree(const stack_view& view, std::size_t most_nodes) {
  call_tree tree;
  tree.nodes.push_back({});
  std::unordered_map<std::uint64_t, std::uint32_t> known;  // by parent and frame
  for (const view_stack& s : view.stacks) {
    if (s.value < 0) {
      ++tree.negative_stacks;
      continue;
    }
    std::uint32_t at = 0;
    for (const std::uint32_t frame : view.calls_of(s)) {
      const std::uint64_t key = std::uint64_t{at} << 32U | frame;
      auto found = known.find(key);
      if (found == known.end()) {
        if (tree.nodes.size() >= most_nodes) {
          ++tree.cut_stacks;
          break;
        }
        found = known.emplace(key, static_cast<std::uint32_t>(tree.nodes.size())).first;
        tree.nodes.push_back({.frame = frame, .parent = at});
      }
      at = found->second;
    }
    tree.nodes[at].self = add_saturated(tree.nodes[at].self, s.value);
  }
  for (std::size_t i = tree.nodes.size(); i-- > 0;) {
    call_node& node = tree.nodes[i];
    node.total = add_saturated(node.total, node.self);
    if (i == 0) break;
    call_node& parent = tree.nodes[node.parent];
    parent.total = add_saturated(parent.total, node.total);
  }
  return tree;
}

std::vector<std::vector<std::uint32_t>> children_of(const call_tree& tree) {
  std::vector<std::vector<std::uint32_t>> all(tree.nodes.size());
  for (std::uint32_t i = 1; i < tree.nodes.size(); ++i) all[tree.nodes[i].parent].push_back(i);
  for (auto& children : all)
    std::ranges::stable_sort(
        children, [&](auto a, auto b) { return tree.nodes[a].total > tree.nodes[b].total; });
  return all;
}

}  // namespace nevaperf::profiles
