#include "runtime/schedule/cluster.hpp"

#include <chrono>

#include "runtime/observe/instruments.hpp"
#include "runtime/observe/observer.hpp"
#include "runtime/schedule/grain.hpp"
#include "runtime/schedule/scheduler.hpp"

namespace nevaperf::runtime {

namespace {

void mark_work(std::uint64_t mark, const task& t) noexcept {
  current_work.store(mark | t.node, std::memory_order_relaxed);
}

}  // namespace

void cluster::complete(task& t, completion& c) noexcept {
  // acquire: pairs with the release when a task moves to another cluster
  cluster* home = t.home.load(std::memory_order_acquire);
  if (home == scheduler::running_cluster()) {
    home->complete_one(t);
    return;
  }
  c.who = &t;
  home->post(c);
}

void cluster::post(completion& c) noexcept {
  c.next = inbox_.load(std::memory_order_relaxed);
  // seq_cst: with the one in scheduler::put_to_rest, so that either the cluster sees this mail or
  // we see it idle
  while (!inbox_.compare_exchange_weak(c.next, &c, std::memory_order_seq_cst,
                                       std::memory_order_relaxed)) {
  }
  scheduler_->wake(*this);
}

void cluster::drain_inbox() noexcept {
  // acquire: what the posting threads wrote before (messages) is read by the tasks that run next
  completion* newest = inbox_.exchange(nullptr, std::memory_order_acquire);
  completion* oldest = nullptr;
  while (newest != nullptr) {  // oldest first
    completion* next = newest->next;
    newest->next = oldest;
    oldest = newest;
    newest = next;
  }
  while (oldest != nullptr) {
    completion& c = *oldest;
    oldest = oldest->next;
    // The task may have moved on since the completion was posted.
    cluster* home = c.who->home.load(std::memory_order_acquire);
    if (home == this)
      complete_one(*c.who);
    else
      home->post(c);
  }
}

std::uint64_t cluster::run_marked(std::uint64_t steps, std::uint64_t mark) {
  std::uint64_t left = steps;
  for (; first_ready_ != nullptr && left != 0; --left) {
    task& t = pop_ready();
    mark_work(mark, t);
    t.resume();
  }
  return steps - left;
}

cluster::timed_run cluster::run_timed(std::uint64_t steps, const task* known, observer* watcher,
                                      std::uint64_t mark) {
  using clock = std::chrono::steady_clock;
  timed_run got;
  auto before = clock::now();
  for (; first_ready_ != nullptr && steps != 0; --steps) {
    task& t = pop_ready();
    const std::uint64_t wakes = scheduler::wakes_sent();
    const bool is_helper = t.is_helper;  // it may be gone afterwards
    const base::node_id node(t.node);
    mark_work(mark, t);
    if (watcher != nullptr) watcher->step_begins(node);
    t.resume();
    if (watcher != nullptr) watcher->step_ends(node);
    const auto after = clock::now();
    const std::chrono::nanoseconds took = after - before;
    before = after;
    if (is_helper || t.finished || scheduler::wakes_sent() != wakes)
      continue;  // waking a thread is not its work
    t.mean_step_ns = next_mean_step_ns(t.mean_step_ns, took.count());
    if (took.count() >= coarse_step_ns) got.saw_long_step = true;
    // One that has made itself ready (selector::poll) is in the queue of this cluster: not now.
    if (&t != known && t.mean_step_ns >= coarse_step_ns && last_ready_ != &t) {
      got.coarse = &t;
      break;
    }
  }
  return got;
}

std::uint64_t cluster::run_observed(std::uint64_t steps, observer& watcher, std::uint64_t mark) {
  std::uint64_t left = steps;
  for (; first_ready_ != nullptr && left != 0; --left) {
    task& t = pop_ready();
    const base::node_id node(t.node);
    mark_work(mark, t);
    watcher.step_begins(node);
    t.resume();
    watcher.step_ends(node);
  }
  return steps - left;
}

bool cluster::is_alone() const noexcept {
  // The count first: who was counted until now has left its mail here before.
  return first_ready_ == nullptr && scheduler_->only_one_is_pending() && !has_mail();
}

void cluster::end(outcome how) {
  scheduler_->end(std::move(how));
  if (scheduler::running_cluster() == this) first_ready_ = last_ready_ = nullptr;
}

void cluster::fail(task& t, std::exception_ptr thrown) {
  scheduler_->fail(t, std::move(thrown));
  if (scheduler::running_cluster() == this) first_ready_ = last_ready_ = nullptr;
}

}  // namespace nevaperf::runtime
