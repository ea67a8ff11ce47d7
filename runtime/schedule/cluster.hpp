// A cluster: nodes that run on one worker at a time, and the queue of those that are ready.
//
// Channels inside a cluster need no atomic operation: only one of its nodes runs at any moment. The queue is first
// in, first out, linked through the tasks themselves: waking a node writes two pointers and never allocates. FIFO
// keeps every node of a cycle moving; it was measured against running the receiver next and costs nothing here.
//
// Thread safety: owner only, the worker that runs it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>

#include "runtime/schedule/node_task.hpp"
#include "runtime/schedule/outcome.hpp"

namespace nevaperf::runtime {

class cluster {
 public:
  // `t` may run again: all it waited for is there.
  void make_ready(task& t) noexcept {
    t.next_ready = nullptr;
    if (last_ready_ == nullptr)
      first_ready_ = &t;
    else
      last_ready_->next_ready = &t;
    last_ready_ = &t;
  }

  // One of the operations that `t` waits for is done.
  void complete_one(task& t) noexcept {
    if (--t.outstanding == 0) make_ready(t);
  }

  // Runs ready nodes, at most `steps` of them. True if some are left.
  bool run(std::uint64_t steps) {
    while (first_ready_ != nullptr && steps-- != 0) {
      task& t = *first_ready_;
      first_ready_ = t.next_ready;
      if (first_ready_ == nullptr) last_ready_ = nullptr;
      running_ = &t;
      t.resume();
    }
    running_ = nullptr;
    return first_ready_ != nullptr;
  }

  // Ends the run: what is ready does not run any more. The first end counts.
  void end(outcome how);
  void fail(task& t, std::exception_ptr thrown);

  [[nodiscard]] bool has_ended() const { return ended_.has_value(); }
  [[nodiscard]] const std::optional<outcome>& ended() const { return ended_; }
  [[nodiscard]] std::optional<std::uint32_t> failed_node() const { return failed_node_; }
  [[nodiscard]] std::exception_ptr failure() const { return failure_; }
  // Empties the queue and forgets how the last run ended.
  void reset();

 private:
  task* first_ready_ = nullptr;
  task* last_ready_ = nullptr;
  task* running_ = nullptr;
  std::optional<outcome> ended_;
  std::optional<std::uint32_t> failed_node_;
  std::exception_ptr failure_;
};

}  // namespace nevaperf::runtime
