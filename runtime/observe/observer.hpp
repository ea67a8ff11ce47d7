// What can be seen of a running graph, event by event.
//
// A graph without an observer pays nothing: its channels stay plain and its workers run the loop
// that has no hooks. Setting one before the run makes every channel special, whose operations are
// out of line and tell the observer, and the workers run the loop that tells about steps.
//
// Thread safety: an observer is called by all workers at once and must take care of it. It must not
// touch the graph.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/id.hpp"

namespace nevaperf::runtime {

using channel_id = base::id<struct channel_tag>;

enum class wait_reason : std::uint8_t {
  recv_empty,  // nobody has sent
  send_full,   // nobody has received
  select,      // no slot has a message
};

struct graph_size {
  std::size_t nodes = 0;
  std::size_t channels = 0;
};

// What of the scheduler a run has used.
struct graph_use {
  unsigned workers = 1;    // threads, that of the caller included
  std::size_t splits = 0;  // nodes that became clusters of their own (scheduler.hpp)
};

class observer {
 public:
  virtual ~observer() = default;

  // Before anything else is told, by the thread that starts the run.
  virtual void begins(const graph_size&) {}
  // After everything else, by the same thread; not when a graph is run in steps.
  virtual void ends(const graph_use&) {}
  // A node runs, from being resumed to its next suspension.
  virtual void step_begins(base::node_id node) noexcept = 0;
  virtual void step_ends(base::node_id node) noexcept = 0;
  // A send begins; later the message is handed over. Several may be under way on a channel with a
  // buffer, in order.
  virtual void sends(base::node_id sender, channel_id on) noexcept = 0;
  virtual void receives(base::node_id receiver, channel_id on) noexcept = 0;
  // The node has to wait; it runs again with its next step.
  virtual void waits(base::node_id node, channel_id on, wait_reason why) noexcept = 0;
  // Another worker is at the channel just now; the node's worker spins until it is its turn.
  virtual void spins(base::node_id, channel_id) noexcept {}
  virtual void spun(base::node_id, channel_id) noexcept {}
};

}  // namespace nevaperf::runtime
