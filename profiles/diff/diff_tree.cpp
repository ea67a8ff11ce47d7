#include "profiles/diff/diff_tree.hpp"

#include <optional>
#include <unordered_map>

namespace nevaperf::profiles {

namespace {

class tree_maker {
 public:
  void add(const std::vector<aligned_run>& runs, double old_and_new::*side) {
    for (const aligned_run& run : runs) {
      const double factor = run.factor / static_cast<double>(runs.size());
      for (const view_stack& s : run.view.stacks) {
        if (s.value < 0) continue;
        std::uint32_t at = 0;
        for (const std::uint32_t call : run.view.calls_of(s)) {
          const auto below = child(at, run.frame_from[call]);
          if (!below) break;
          at = *below;
        }
        nodes_[at].self.*side += static_cast<double>(s.value) * factor;
      }
    }
  }

  std::vector<diff_node> make() && {
    for (std::size_t i = nodes_.size(); i-- > 0;) {
      diff_node& node = nodes_[i];
      node.total.old_value += node.self.old_value;
      node.total.new_value += node.self.new_value;
      if (i == 0) break;
      old_and_new& above = nodes_[node.parent].total;
      above.old_value += node.total.old_value;
      above.new_value += node.total.new_value;
    }
    return std::move(nodes_);
  }

 private:
  // None if there are too many already.
  std::optional<std::uint32_t> child(std::uint32_t parent, std::uint32_t frame) {
    const std::uint64_t key = std::uint64_t{parent} << 32U | frame;
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    if (nodes_.size() >= most_diff_nodes) return std::nullopt;
    const auto fresh = static_cast<std::uint32_t>(nodes_.size());
    known_.emplace(key, fresh);
    nodes_.push_back({.frame = frame, .parent = parent, .self = {}, .total = {}});
    return fresh;
  }

  std::vector<diff_node> nodes_{1};
  std::unordered_map<std::uint64_t, std::uint32_t> known_;  // by parent and frame
};

}  // namespace

std::vector<diff_node> make_diff_tree(const aligned_sides& sides) {
  tree_maker maker;
  maker.add(sides.old_runs, &old_and_new::old_value);
  maker.add(sides.new_runs, &old_and_new::new_value);
  return std::move(maker).make();
}

}  // namespace nevaperf::profiles
