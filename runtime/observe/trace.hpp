// The causal trace of a run: who ran when, and which message made whom run.
//
// Events go into a ring of fixed size: when it is full the oldest are overwritten, counted and said in the file. Written
// as Chrome trace JSON (the "JSON Array/Object Format" of the Trace Event Format), which Perfetto and chrome://tracing
// open: a row for each node, a slice for each step, an arrow for each message.
//
// Thread safety: recording: any thread. Writing: after the run.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/observe/observer.hpp"

namespace nevaperf::runtime {

class trace : public observer {
 public:
  static constexpr std::size_t default_events = std::size_t{1} << 20;

  explicit trace(std::size_t most_events = default_events);

  void step_begins(base::node_id node) noexcept override;
  void step_ends(base::node_id node) noexcept override;
  void sends(base::node_id sender, channel_id on) noexcept override;
  void receives(base::node_id receiver, channel_id on) noexcept override;
  void waits(base::node_id node, channel_id on, wait_reason why) noexcept override;

  [[nodiscard]] std::uint64_t recorded() const { return recorded_; }
  [[nodiscard]] std::uint64_t dropped() const;

  struct names {
    std::size_t nodes = 0;
    std::function<std::string(base::node_id)> node;
    std::function<std::string(channel_id)> channel;
  };
  // Hands the JSON to `write` piece by piece; stops when it returns false.
  void write_chrome_json(const names& called,
                         const std::function<bool(const std::string&)>& write) const;

 private:
  enum class kind : std::uint8_t { begin, end, send, receive, wait };
  struct event {
    std::int64_t time_ns;  // since the trace was made
    std::uint32_t node;
    std::uint32_t channel;
    std::uint32_t message;  // the how-many-eth on its channel
    kind what;
    wait_reason why;
  };
  struct message_counts {
    std::uint32_t sent = 0;
    std::uint32_t received = 0;
  };

  void record(kind what, base::node_id node, channel_id on, wait_reason why = {}) noexcept;
  [[nodiscard]] static std::string json_of(const event& e, const names& called);

  std::chrono::steady_clock::time_point start_;
  mutable std::mutex lock_;
  std::vector<event> ring_;
  std::uint64_t recorded_ = 0;
  std::vector<message_counts> counts_;  // by channel
};

}  // namespace nevaperf::runtime
