// A cluster: nodes that run on one worker at a time, and the queue of those that are ready.
//
// Channels inside a cluster need no atomic operation: only one of its nodes runs at any moment. The
// queue is first in, first out, linked through the tasks themselves: waking a node writes two
// pointers and never allocates. FIFO keeps every node of a cycle moving.
//
// What happens outside (the other end of a shared channel, a timer, a blocking call) reaches a
// cluster as a `completion` in its inbox, which the worker that runs it drains. A graph starts as
// one cluster; see scheduler.hpp for when it is split.
//
// Thread safety: owner only (the worker that runs it), except `post` and `end`: any thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>

#include "runtime/schedule/node_task.hpp"
#include "runtime/schedule/outcome.hpp"

namespace nevaperf::runtime {

class observer;
class scheduler;

// "One of the operations that `who` waits for is done", on its way to the cluster of `who`. Lives
// in what was waited for.
struct completion {
  completion* next = nullptr;
  task* who = nullptr;
};

class cluster {
 public:
  explicit cluster(scheduler& s) : scheduler_(&s) {}
  cluster(const cluster&) = delete;
  cluster& operator=(const cluster&) = delete;

  // `t` may run again: all it waited for is there.
  void make_ready(task& t) noexcept {
    t.next_ready = nullptr;
    if (last_ready_ == nullptr)
      first_ready_ = &t;
    else
      last_ready_->next_ready = &t;
    last_ready_ = &t;
  }

  // One of the operations that `t`, a task of this cluster, waits for is done.
  void complete_one(task& t) noexcept {
    if (--t.outstanding == 0) make_ready(t);
  }

  // The same from anywhere. `c` must not be in use; it is free again when `t` runs.
  static void complete(task& t, completion& c) noexcept;

  // Ends the run of the whole graph. The first end counts.
  void end(outcome how);
  void fail(task& t, std::exception_ptr thrown);

  // For the node that runs: nothing but it can act, here or in another cluster, and no timer or
  // blocking call is pending.
  [[nodiscard]] bool is_alone() const noexcept;
  [[nodiscard]] scheduler& owner() const noexcept { return *scheduler_; }

 private:
  friend class scheduler;
  enum class status : std::uint8_t { idle, queued, running };

  void post(completion& c) noexcept;
  void drain_inbox() noexcept;
  [[nodiscard]] bool has_mail() const noexcept {
    return inbox_.load(std::memory_order_relaxed) != nullptr;  // a hint; `drain_inbox` synchronises
  }

  [[nodiscard]] bool has_ready() const noexcept { return first_ready_ != nullptr; }
  // Runs ready nodes, at most `steps` of them. Returns how many it ran.
  std::uint64_t run(std::uint64_t steps) {
    std::uint64_t left = steps;
    for (; first_ready_ != nullptr && left != 0; --left) pop_ready().resume();
    return steps - left;
  }
  // The same, saying in current_work which node runs: `mark` with its number.
  std::uint64_t run_marked(std::uint64_t steps, std::uint64_t mark);
  // The same (marks too) with a clock, telling the observer if there is one. Stops after a step of
  // a node that is found to be coarse, other than `known`: stopping at that one over and over could
  // keep the others from being seen.
  struct timed_run {
    task* coarse = nullptr;
    bool saw_long_step = false;
  };
  timed_run run_timed(std::uint64_t steps, const task* known, observer* watcher,
                      std::uint64_t mark);
  // The same as `run_marked`, telling the observer of the graph.
  std::uint64_t run_observed(std::uint64_t steps, observer& watcher, std::uint64_t mark);

  task& pop_ready() noexcept {
    task& t = *first_ready_;
    first_ready_ = t.next_ready;
    if (first_ready_ == nullptr) last_ready_ = nullptr;
    return t;
  }

  task* first_ready_ = nullptr;
  task* last_ready_ = nullptr;
  scheduler* scheduler_;
  cluster* next_queued_ = nullptr;
  std::atomic<completion*> inbox_ = nullptr;  // a stack, newest first
  std::atomic<status> status_ = status::idle;
};

}  // namespace nevaperf::runtime
