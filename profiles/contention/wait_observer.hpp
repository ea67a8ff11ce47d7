// Watches the nodes of graphs wait: for what, for how long, and who made them.
//
// A node that is suspended waits from the end of its step until the last of the operations it waits
// for is done (a join, if there are several), and then for its turn (sched_delay) until it runs.
// The node that did that last operation is the one who caused the wait; where it waited itself at
// that time, the cause is passed on: "A waited to send to B because B waited for C" is the chain A,
// B, C, charged with the part of A's wait during which B waited for C. A node that is suspended by
// its own wish (time, input), or when its graph is over, is idle.
//
// Each thread adds to a table of its own; the state of nodes is in words that any thread may read.
// Times are nanoseconds.
//
// Thread safety: any thread; `found` when no graph runs.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "runtime/observe/observer.hpp"

namespace nevaperf::profiles {

inline constexpr std::size_t wait_histogram_slots = 40;  // slot i: 2^i ns to less than 2^(i+1)
[[nodiscard]] std::size_t wait_histogram_slot(std::int64_t ns);

struct node_wait {
  static constexpr std::uint32_t most_chain = 4;

  std::uint32_t graph = 0;  // of runtime/observe/instruments.hpp
  std::uint32_t channel = UINT32_MAX;
  enum class reason : std::uint32_t {
    recv_empty,
    send_full,
    select,
    join,
    lock,
    sched_delay,
    idle,
  } why = reason::idle;
  std::uint32_t length = 0;                          // of the chain
  std::array<std::uint32_t, most_chain> chain = {};  // nodes: who waited, and why in turn

  friend bool operator==(const node_wait&, const node_wait&) = default;
};

[[nodiscard]] const char* name_of(node_wait::reason why);

struct wait_amount {
  std::uint64_t count = 0;
  std::int64_t delay_ns = 0;
  std::int64_t longest_ns = 0;
  std::array<std::uint32_t, wait_histogram_slots> histogram = {};
};

class wait_observer final : public runtime::observer {
 public:
  explicit wait_observer(const base::clock& time = base::system_clock());
  ~wait_observer() override;

  void begins(const runtime::graph_size& size) override;
  void step_begins(base::node_id node) noexcept override;
  void step_ends(base::node_id node) noexcept override;
  void sends(base::node_id, runtime::channel_id) noexcept override {}
  void receives(base::node_id receiver, runtime::channel_id on) noexcept override;
  void waits(base::node_id node, runtime::channel_id on,
             runtime::wait_reason why) noexcept override;
  void spins(base::node_id node, runtime::channel_id on) noexcept override;
  void spun(base::node_id node, runtime::channel_id on) noexcept override;

  struct found_wait {
    node_wait what;
    wait_amount amount;
  };
  // What was seen since the start; nodes that wait now are idle.
  [[nodiscard]] std::vector<found_wait> found();
  // Waits that found no room.
  [[nodiscard]] std::uint64_t dropped() const { return dropped_.load(); }

 private:
  struct node_state;
  struct graph_state;
  struct lane;

  [[nodiscard]] graph_state* graph_of_thread() const noexcept;
  lane& lane_of_thread() noexcept;
  void complete(graph_state& g, node_state& who, std::uint32_t by, runtime::channel_id on,
                node_wait::reason why) noexcept;
  void record_wait(std::uint32_t graph, const node_state& n, std::uint32_t node) noexcept;
  void add(const node_wait& what, std::int64_t part_ns, std::int64_t whole_ns,
           bool counts) noexcept;
  void end_waits(std::uint32_t graph);

  static constexpr std::size_t most_graphs = 4096;

  const base::clock& time_;
  std::uint64_t id_;  // no other observer of this process has it
  std::atomic<std::uint64_t> dropped_ = 0;
  std::mutex lock_;  // of what follows, while it grows
  std::deque<lane> lanes_;
  std::deque<graph_state> states_;
  std::vector<std::atomic<graph_state*>> graphs_;  // by number
};

}  // namespace nevaperf::profiles
