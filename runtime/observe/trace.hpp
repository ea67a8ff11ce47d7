// The causal trace of a run: who ran when, and which message made whom run.
//
// Events are kept in a bounded store: when it is full the oldest are dropped and counted. Each
// thread fills a chunk of its own and takes the lock only to get the next one, so threads do not
// wait for each other event by event. No message is looked into or kept. chrome_trace.hpp writes it
// down.
//
// Times are nanoseconds since the trace was made.
//
// Thread safety: recording: any thread, after `begins`. Reading: after the run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "core/base/clock.hpp"
#include "runtime/observe/observer.hpp"

namespace nevaperf::runtime {

class trace : public observer {
 public:
  static constexpr std::size_t default_events = std::size_t{1} << 20;

  enum class kind : std::uint8_t {
    step,    // the node ran, for `duration_ns`
    send,    // began
    take,    // the node received while it ran
    handed,  // the node waited and was given the message; its next step follows
    wait,
  };
  struct event {
    std::int64_t time_ns;
    std::int64_t duration_ns;
    std::uint32_t node;
    std::uint32_t channel;  // but for steps
    std::uint32_t message;  // the how-many-eth on its channel
    kind what;
    wait_reason why;
  };

  // At most about `most_events` are kept: chunks in use by threads come on top of a small number.
  explicit trace(std::size_t most_events = default_events,
                 const base::clock& time = base::system_clock());

  void begins(const graph_size& size) override;
  void step_begins(base::node_id node) noexcept override;
  void step_ends(base::node_id node) noexcept override;
  void sends(base::node_id sender, channel_id on) noexcept override;
  void receives(base::node_id receiver, channel_id on) noexcept override;
  void waits(base::node_id node, channel_id on, wait_reason why) noexcept override;

  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }
  // What was kept, by time; a step comes before what happened in it.
  [[nodiscard]] std::vector<event> events() const;

 private:
  struct chunk {
    std::unique_ptr<event[]> events;
    std::size_t used = 0;
  };
  // What one thread is at.
  struct lane {
    chunk* filling = nullptr;
    std::uint32_t running = 0;  // node
    std::int64_t step_began_ns = 0;
  };
  struct message_counts {
    std::uint32_t sent = 0;
    std::uint32_t received = 0;
  };

  [[nodiscard]] std::int64_t now_ns() const { return time_.monotonic_ns() - start_ns_; }
  lane& lane_of_thread() noexcept;
  void record(lane& l, const event& e) noexcept;
  chunk* next_chunk(chunk* full);

  const base::clock& time_;
  std::int64_t start_ns_;
  std::uint64_t id_;  // no other trace of this process has it
  std::size_t chunk_events_;
  std::size_t most_chunks_;
  // By channel. A channel's sends are told one after the other, and so are its receives.
  std::vector<message_counts> counts_;

  std::mutex lock_;
  std::deque<lane> lanes_;
  std::deque<chunk> chunks_;
  std::deque<chunk*> full_;  // oldest first
  std::uint64_t dropped_ = 0;
};

}  // namespace nevaperf::runtime
