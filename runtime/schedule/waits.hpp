// Waiting for time and for blocking calls, from inside a node, without holding its worker.
//
//   co_await sleep_for(10ms);
//   co_await blocking_call([&](const blocking_pool& pool) { answer = fetch(url,
//   pool.cancel_descriptor()); });
//
// A blocking call runs on another thread while the node is suspended: it may use the node's local
// variables, but no message whose payload others share (copy the bytes before). It must give up
// when the pool is cancelled.
//
// Thread safety: nodes only.
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <utility>

#include "runtime/schedule/blocking_pool.hpp"
#include "runtime/schedule/scheduler.hpp"

namespace nevaperf::runtime {

class sleep_for {
 public:
  explicit sleep_for(std::chrono::nanoseconds time) : time_(time) {}
  [[nodiscard]] bool await_ready() const noexcept { return time_.count() <= 0; }
  void await_suspend(node_task::handle h) {
    task& t = h.promise();
    t.outstanding = 1;
    done_.who = &t;
    constexpr auto never = scheduler::clock::time_point::max();
    const auto now = scheduler::clock::now();
    t.here().owner().wake_at(time_ < never - now ? now + time_ : never, done_);
  }
  void await_resume() const noexcept {}

 private:
  std::chrono::nanoseconds time_;
  completion done_;
};

class blocking_call {
 public:
  using work = std::function<void(const blocking_pool&)>;
  explicit blocking_call(work w) : work_(std::move(w)) {}
  [[nodiscard]] bool await_ready() const noexcept { return false; }
  void await_suspend(node_task::handle h) {
    task& t = h.promise();
    t.outstanding = 1;
    done_.who = &t;
    scheduler& s = t.here().owner();
    s.run_blocking([this, &pool = s.blocking()] { run(pool); }, done_);
  }
  void await_resume() const {
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  void run(const blocking_pool& pool) noexcept {
    try {
      work_(pool);
    } catch (...) {
      thrown_ = std::current_exception();  // fails the node, not the thread
    }
  }

  work work_;
  std::exception_ptr thrown_;
  completion done_;
};

}  // namespace nevaperf::runtime
