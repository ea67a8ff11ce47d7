#include "runtime/observe/observer_pair.hpp"

namespace nevaperf::runtime {

void observer_pair::begins(const graph_size& size) {
  first_.begins(size);
  second_.begins(size);
}

void observer_pair::ends(const graph_use& use) {
  first_.ends(use);
  second_.ends(use);
}

void observer_pair::step_begins(base::node_id node) noexcept {
  first_.step_begins(node);
  second_.step_begins(node);
}

void observer_pair::step_ends(base::node_id node) noexcept {
  first_.step_ends(node);
  second_.step_ends(node);
}

void observer_pair::sends(base::node_id sender, channel_id on) noexcept {
  first_.sends(sender, on);
  second_.sends(sender, on);
}

void observer_pair::receives(base::node_id receiver, channel_id on) noexcept {
  first_.receives(receiver, on);
  second_.receives(receiver, on);
}

void observer_pair::waits(base::node_id node, channel_id on, wait_reason why) noexcept {
  first_.waits(node, on, why);
  second_.waits(node, on, why);
}

}  // namespace nevaperf::runtime
