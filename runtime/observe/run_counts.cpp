#include "runtime/observe/run_counts.hpp"

#include <algorithm>

namespace nevaperf::runtime {

namespace {

// relaxed always: only the sums count, and they are read when all threads have ended
constexpr auto relaxed = std::memory_order_relaxed;

// When the step began that this thread runs; a thread runs one at a time.
constinit thread_local std::int64_t step_began_ns = 0;

template <class Share, class IsBusier>
void keep_first(std::vector<Share>& all, std::size_t most, IsBusier is_busier) {
  const std::size_t kept = std::min(most, all.size());
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
                    is_busier);
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(kept), all.end());
}

}  // namespace

void run_counts::begins(const graph_size& size) {
  size_ = size;
  nodes_ = std::make_unique<node_counts[]>(size.nodes);
  received_ = std::make_unique<std::atomic<std::uint64_t>[]>(size.channels);
  run_ns_ = -time_.monotonic_ns();
}

void run_counts::ends(const graph_use& use) {
  run_ns_ += time_.monotonic_ns();
  use_ = use;
}

void run_counts::step_begins(base::node_id) noexcept {
  step_began_ns = time_.monotonic_ns();
}

void run_counts::step_ends(base::node_id node) noexcept {
  node_counts& n = nodes_[node.index()];
  n.steps.fetch_add(1, relaxed);
  n.busy_ns.fetch_add(time_.monotonic_ns() - step_began_ns, relaxed);
}

void run_counts::sends(base::node_id, channel_id) noexcept {}

void run_counts::receives(base::node_id, channel_id on) noexcept {
  received_[on.index()].fetch_add(1, relaxed);
}

void run_counts::waits(base::node_id node, channel_id, wait_reason why) noexcept {
  nodes_[node.index()].waits[static_cast<std::size_t>(why)].fetch_add(1, relaxed);
}

run_counts::totals run_counts::all() const {
  totals sum;
  for (std::size_t i = 0; i < size_.nodes; ++i) {
    sum.steps += nodes_[i].steps.load(relaxed);
    for (std::size_t why = 0; why < sum.waits.size(); ++why)
      sum.waits[why] += nodes_[i].waits[why].load(relaxed);
  }
  for (std::size_t i = 0; i < size_.channels; ++i) sum.messages += received_[i].load(relaxed);
  return sum;
}

std::vector<run_counts::node_share> run_counts::busiest_nodes(std::size_t most) const {
  std::vector<node_share> all;
  for (std::uint32_t i = 0; i < size_.nodes; ++i)
    if (const std::uint64_t steps = nodes_[i].steps.load(relaxed); steps != 0)
      all.push_back({base::node_id(i), steps, nodes_[i].busy_ns.load(relaxed)});
  keep_first(all, most, [](const node_share& a, const node_share& b) {
    if (a.busy_ns != b.busy_ns) return a.busy_ns > b.busy_ns;
    return a.node.index() < b.node.index();
  });
  return all;
}

std::vector<run_counts::channel_share> run_counts::busiest_channels(std::size_t most) const {
  std::vector<channel_share> all;
  for (std::uint32_t i = 0; i < size_.channels; ++i)
    if (const std::uint64_t messages = received_[i].load(relaxed); messages != 0)
      all.push_back({channel_id(i), messages});
  keep_first(all, most, [](const channel_share& a, const channel_share& b) {
    if (a.messages != b.messages) return a.messages > b.messages;
    return a.channel.index() < b.channel.index();
  });
  return all;
}

}  // namespace nevaperf::runtime
