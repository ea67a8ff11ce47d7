#include "runtime/schedule/cluster.hpp"

#include <chrono>

#include "runtime/observe/observer.hpp"
#include "runtime/schedule/scheduler.hpp"

namespace nevaperf::runtime {

namespace {

// A node that takes this long a step is worth a worker of its own: handing a message over to another worker and back
// costs below a microsecond, so the loss is small against the work.
constexpr std::int64_t coarse_step_ns = 3'000;

// So many measured steps in a row must be long: one may be long because the machine was busy elsewhere.
constexpr std::uint8_t votes_needed = 3;

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
  // seq_cst: with the one in scheduler::put_to_rest, so that either the cluster sees this mail or we see it idle
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

bool cluster::is_coarse(task& t, std::int64_t took_ns) noexcept {
  if (took_ns < coarse_step_ns || t.finished) {
    t.coarse_votes = 0;
    return false;
  }
  return ++t.coarse_votes >= votes_needed;
}

bool cluster::run_measured(std::uint64_t steps, task*& coarse) {
  coarse = nullptr;
  while (first_ready_ != nullptr && steps-- != 0) {
    task& t = pop_ready();
    if (--until_measured_ != 0) [[likely]] {
      t.resume();
      continue;
    }
    // At random distances, so that a graph with a regular rhythm is seen from all sides.
    random_ ^= random_ << 13;
    random_ ^= random_ >> 17;
    random_ ^= random_ << 5;
    until_measured_ = 16 + (random_ & 31);
    const auto before = std::chrono::steady_clock::now();
    t.resume();
    const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - before;
    if (is_coarse(t, took.count())) {
      coarse = &t;
      break;
    }
  }
  return first_ready_ != nullptr;
}

bool cluster::run_observed(std::uint64_t steps, observer& watcher) {
  while (first_ready_ != nullptr && steps-- != 0) {
    task& t = pop_ready();
    const base::node_id node(t.node);
    watcher.step_begins(node);
    t.resume();
    watcher.step_ends(node);
  }
  return first_ready_ != nullptr;
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
