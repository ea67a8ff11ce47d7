// How often everything happened in a run: steps, time and waits of each node, messages of each
// channel.
//
// Events are counted in relaxed atomics of their node or channel, without a lock. Nothing is kept
// of a single event, so a run may take for ever.
//
// Times are nanoseconds. Thread safety: recording: any thread, between `begins` and `ends`.
// Reading: after the run.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/clock.hpp"
#include "runtime/observe/observer.hpp"

namespace nevaperf::runtime {

class run_counts : public observer {
 public:
  explicit run_counts(const base::clock& time = base::system_clock()) : time_(time) {}

  void begins(const graph_size& size) override;
  void ends(const graph_use& use) override;
  void step_begins(base::node_id node) noexcept override;
  void step_ends(base::node_id node) noexcept override;
  void sends(base::node_id sender, channel_id on) noexcept override;
  void receives(base::node_id receiver, channel_id on) noexcept override;
  void waits(base::node_id node, channel_id on, wait_reason why) noexcept override;

  [[nodiscard]] const graph_size& size() const { return size_; }
  [[nodiscard]] const graph_use& use() const { return use_; }
  [[nodiscard]] std::int64_t run_ns() const { return run_ns_; }

  struct totals {
    std::uint64_t messages = 0;  // received
    std::uint64_t steps = 0;
    std::array<std::uint64_t, 3> waits = {};  // by wait_reason
  };
  [[nodiscard]] totals all() const;

  struct node_share {
    base::node_id node;
    std::uint64_t steps;
    std::int64_t busy_ns;
  };
  struct channel_share {
    channel_id channel;
    std::uint64_t messages;
  };
  // At most `most`, the busiest first: by time, by messages. What never ran or carried nothing is
  // left out.
  [[nodiscard]] std::vector<node_share> busiest_nodes(std::size_t most) const;
  [[nodiscard]] std::vector<channel_share> busiest_channels(std::size_t most) const;

 private:
  struct node_counts {
    std::atomic<std::uint64_t> steps = 0;
    std::atomic<std::int64_t> busy_ns = 0;
    std::array<std::atomic<std::uint64_t>, 3> waits = {};
  };

  const base::clock& time_;
  graph_size size_;
  graph_use use_;
  std::int64_t run_ns_ = 0;
  std::unique_ptr<node_counts[]> nodes_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> received_;  // by channel
};

}  // namespace nevaperf::runtime
