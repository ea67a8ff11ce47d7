// Two observers of one graph: each is told everything, the first one first.
//
// Thread safety: as both.
#pragma once

#include "runtime/observe/observer.hpp"

namespace nevaperf::runtime {

class observer_pair : public observer {
 public:
  observer_pair(observer& first, observer& second) : first_(first), second_(second) {}

  void begins(const graph_size& size) override;
  void ends(const graph_use& use) override;
  void step_begins(base::node_id node) noexcept override;
  void step_ends(base::node_id node) noexcept override;
  void sends(base::node_id sender, channel_id on) noexcept override;
  void receives(base::node_id receiver, channel_id on) noexcept override;
  void waits(base::node_id node, channel_id on, wait_reason why) noexcept override;

 private:
  observer& first_;
  observer& second_;
};

}  // namespace nevaperf::runtime
