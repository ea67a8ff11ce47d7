// The scheduler of one graph: its clusters, its workers, its timers and its blocking calls.
//
// How it decides where nodes run. A graph starts as one cluster on the thread that calls `run`; no
// other thread exists and no atomic read-modify-write is done. With more than one worker allowed,
// steps are timed now and then (grain.hpp), under an observer too. A node whose mean step takes 2.5
// us or more is coarse; as soon as there are two coarse nodes, each coarse node becomes a cluster
// of its own, its channels become shared, and worker threads start. Everything else stays together:
// a fine-grained graph never leaves its one worker. Idle workers steal whole clusters, search for a
// short bounded time and then park. Queueing a cluster wakes a parked worker only if none is
// searching: the searcher that finds it wakes the next if there is more.
//
// The first cluster hands the coarse nodes their work and takes their results: when it wakes, the
// next worker that is free runs it before anything else. It cannot keep the others from running:
// after a slice it queues behind them.
//
// A run is over when a node ends it, when it is cancelled, or when nothing can happen any more:
// every cluster is idle and no timer or blocking call is pending. That is counted in one atomic,
// touched only when a cluster goes idle or wakes.
//
// Thread safety: `run`, `run_some`: one thread at a time. `end`, `fail`, `cancel`, `wake`: any
// thread. `wake_at`, `run_blocking`: nodes.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "runtime/schedule/cluster.hpp"
#include "runtime/schedule/grain.hpp"
#include "runtime/schedule/outcome.hpp"

namespace nevaperf::runtime {

class blocking_pool;

class scheduler {
 public:
  using clock = std::chrono::steady_clock;

  scheduler();
  scheduler(const scheduler&) = delete;
  scheduler& operator=(const scheduler&) = delete;
  ~scheduler();

  enum class placement {
    adaptive,  // as said above
    spread,    // every node a cluster of its own from the start: a variant to measure, and a hard
               // test
  };
  struct options {
    unsigned workers = 1;  // the calling thread and up to workers - 1 more
    placement place = placement::adaptive;
    observer* watcher = nullptr;
    bool marks_work = false;         // see instruments.hpp
    std::uint32_t graph_number = 0;  // there
    // Called when a task is to leave its cluster: makes its channels shared.
    std::function<void(task&)> share_channels_of;
    // Called before a worker waits for time or input: the place to flush output.
    std::function<void()> before_waiting;
  };
  void configure(options o);  // before the start

  [[nodiscard]] cluster& first_cluster() { return *clusters_.front(); }

  // Before the run: `t` belongs to this graph and is ready.
  void launch(task& t);
  // Runs until the end. No end: nothing can happen any more.
  void run();
  // Runs the first cluster alone, at most `steps` resumptions; true if there is more to do at once.
  // Not with `spread`.
  bool run_some(std::uint64_t steps);
  // Between calls of `run_some`, when nothing is ready: waits for the next timer or blocking call.
  // False: the run has ended, or nothing can happen any more until the caller itself makes a node
  // ready.
  bool wait_some();

  // Ends what still runs and waits until no other thread touches this graph. Before its nodes are
  // destroyed.
  void shut_down();

  void end(outcome how);
  void fail(task& t, std::exception_ptr thrown);
  void cancel();

  struct failed_task {
    std::uint32_t node;
    std::exception_ptr thrown;
  };
  [[nodiscard]] const std::optional<outcome>& ended() const { return ended_; }
  [[nodiscard]] const std::optional<failed_task>& failed() const { return failed_; }

  // For nodes: `c` (with `who` set) is completed at that time.
  void wake_at(clock::time_point when, completion& c);
  // `work` is called on a thread of its own kind, then `c` is completed. It must look at
  // `cancelled` if it can take long.
  void run_blocking(std::function<void()> work, completion& c);
  [[nodiscard]] blocking_pool& blocking();

  // The cluster that this thread runs at the moment; null outside.
  static cluster* running_cluster() noexcept { return running_cluster_; }

  // How often this thread has woken another one.
  static std::uint64_t wakes_sent() noexcept { return wakes_sent_; }

  // A cluster has mail. Any thread.
  void wake(cluster& c) noexcept;

  // For a node: no cluster but its own is queued or running, and no timer or blocking call is
  // pending.
  [[nodiscard]] bool only_one_is_pending() const noexcept {
    return pending_.load(std::memory_order_acquire) == 1;  // acquire: with finish_one_work
  }

  // For tests and statistics.
  [[nodiscard]] std::size_t cluster_count() const { return clusters_.size(); }
  [[nodiscard]] unsigned threads_started() const { return threads_started_; }

 private:
  struct worker {
    std::mutex lock;
    cluster* first = nullptr;  // queued clusters, linked through themselves
    cluster* last = nullptr;
    std::thread thread;
  };
  struct timer {
    clock::time_point when;
    std::uint64_t order;  // timers of one instant fire in the order in which they were set
    completion* done;
    friend bool operator>(const timer& a, const timer& b) {
      return a.when != b.when ? a.when > b.when : a.order > b.order;
    }
  };

  void start();
  void work(std::size_t self);
  void run_cluster(cluster& c, std::size_t self);
  void run_slice(cluster& c, bool looks_for_coarse);
  std::uint64_t run_steps(cluster& c, std::uint64_t steps);
  bool put_to_rest(cluster& c) noexcept;
  void enqueue(cluster& c, std::size_t self);
  void add_queued();
  void wake_one_worker();
  cluster* dequeue(std::size_t self);
  cluster* find_cluster(std::size_t self);  // its own, else another worker's
  cluster* search(std::size_t self);        // the same for a bounded time
  cluster* wait_for_cluster(std::size_t self);
  void finish_one_work() noexcept;
  void fire_due_timers();
  void consider_coarse(task& t);
  void isolate(task& t);
  void start_threads();
  [[nodiscard]] bool is_over() const noexcept {
    return over_.load(std::memory_order_acquire);  // acquire: `ended_` was written before
  }
  void declare_over();

  static thread_local cluster* running_cluster_;
  static thread_local std::size_t running_worker_;
  static thread_local std::uint64_t wakes_sent_;

  options options_;
  std::uint64_t mark_ = 0;  // of this graph's work, without the node
  std::deque<std::unique_ptr<cluster>> clusters_;
  std::vector<std::unique_ptr<worker>> workers_;  // places; threads start when they are needed
  grain_meter grain_;                             // of the first cluster
  std::vector<task*> coarse_;                     // candidates, before the graph is split
  unsigned threads_started_ = 0;
  bool started_ = false;

  // Clusters that are queued or running, timers and blocking calls that are pending. 0: nothing can
  // happen any more.
  std::atomic<std::uint64_t> pending_ = 0;
  std::atomic<bool> over_ = false;

  std::mutex end_lock_;
  std::optional<outcome> ended_;
  std::optional<failed_task> failed_;

  std::mutex park_lock_;
  std::condition_variable unpark_;
  std::atomic<unsigned> parked_ = 0;
  std::atomic<unsigned> searching_ = 0;
  std::atomic<cluster*> urgent_ = nullptr;  // the first cluster, woken and not yet taken
  std::atomic<std::uint64_t> queued_ = 0;   // it and the clusters in all queues

  std::mutex timer_lock_;
  std::vector<timer> timers_;  // a heap, earliest first
  std::uint64_t timer_order_ = 0;
  std::atomic<clock::rep> next_timer_;

  std::mutex blocking_lock_;
  std::unique_ptr<blocking_pool> blocking_;  // made for the first call
};

}  // namespace nevaperf::runtime
