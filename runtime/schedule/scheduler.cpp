#include "runtime/schedule/scheduler.hpp"

#include <algorithm>
#include <limits>

#include "runtime/message/payload.hpp"
#include "runtime/observe/instruments.hpp"
#include "runtime/schedule/blocking_pool.hpp"

namespace nevaperf::runtime {

namespace {

// Between slices a worker looks at its inbox, the timers and the end. This many where steps are
// known to be long, or slow to observe.
constexpr std::uint64_t short_slice_steps = 16;

// How long an idle worker searches before it parks: about what waking a parked thread costs.
constexpr std::chrono::microseconds search_time{50};

constexpr auto no_timer = std::numeric_limits<std::chrono::steady_clock::rep>::max();

void pause_cpu() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#endif
}

}  // namespace

thread_local cluster* scheduler::running_cluster_ = nullptr;
thread_local std::size_t scheduler::running_worker_ = 0;
thread_local std::uint64_t scheduler::wakes_sent_ = 0;

scheduler::scheduler() : next_timer_(no_timer) {
  clusters_.push_back(std::make_unique<cluster>(*this));
  workers_.push_back(std::make_unique<worker>());
}

scheduler::~scheduler() {
  shut_down();
}

void scheduler::shut_down() {
  declare_over();
  for (const auto& w : workers_)
    if (w->thread.joinable()) w->thread.join();
  if (blocking_) blocking_->cancel_and_join();
}

void scheduler::configure(options o) {
  options_ = std::move(o);
  mark_ = work_mark{.graph = options_.graph_number, .node = 0}.word();
  while (workers_.size() < options_.workers) workers_.push_back(std::make_unique<worker>());
}

void scheduler::launch(task& t) {
  t.home.store(&first_cluster(), std::memory_order_relaxed);
  if (options_.place == placement::spread) isolate(t);
  t.here().make_ready(t);
}

void scheduler::start() {
  if (started_) return;
  started_ = true;
  pending_.store(clusters_.size(), std::memory_order_relaxed);  // relaxed: no other thread yet
  for (const auto& c : clusters_)
    c->status_.store(cluster::status::running, std::memory_order_relaxed);
}

void scheduler::run() {
  start();
  for (const auto& c : clusters_) {
    if (c->status_.load(std::memory_order_relaxed) != cluster::status::running) continue;
    c->status_.store(cluster::status::queued, std::memory_order_relaxed);
    enqueue(*c, 0);
  }
  if (options_.place == placement::spread && threads_started_ == 0) start_threads();
  work(0);
  shut_down();
}

bool scheduler::run_some(std::uint64_t steps) {
  start();
  const work_scope at_work({.graph = options_.graph_number, .node = work_mark::scheduling});
  cluster& first = first_cluster();
  running_cluster_ = &first;
  if (first.has_mail()) first.drain_inbox();
  run_steps(first, steps);
  running_cluster_ = nullptr;
  return first.has_ready() && !is_over();
}

bool scheduler::wait_some() {
  cluster& first = first_cluster();
  fire_due_timers();
  if (is_over()) return false;
  if (first.has_ready() || first.has_mail() || !put_to_rest(first)) return true;
  while (!is_over()) {
    const cluster* woken = find_cluster(0);
    if (woken == nullptr) woken = wait_for_cluster(0);
    if (woken == nullptr) continue;
    first.status_.store(cluster::status::running, std::memory_order_relaxed);  // a hint only
    return true;
  }
  const std::lock_guard hold(end_lock_);
  if (ended_) return false;
  // All is quiet, which is no end here: as before the rest.
  first.status_.store(cluster::status::running, std::memory_order_relaxed);
  pending_.store(1, std::memory_order_relaxed);  // relaxed: nobody else is counted
  over_.store(false, std::memory_order_release);
  return false;
}

void scheduler::work(std::size_t self) {
  running_worker_ = self;
  const work_scope at_work({.graph = options_.graph_number, .node = work_mark::scheduling});
  while (!is_over()) {
    cluster* c = find_cluster(self);
    if (c == nullptr) c = wait_for_cluster(self);
    if (c != nullptr) run_cluster(*c, self);
  }
}

void scheduler::run_cluster(cluster& c, std::size_t self) {
  c.status_.store(cluster::status::running, std::memory_order_relaxed);  // relaxed: a hint only
  running_cluster_ = &c;
  const bool looks_for_coarse =
      options_.workers > 1 && options_.place == placement::adaptive && &c == &first_cluster();
  for (;;) {
    if (c.has_mail()) c.drain_inbox();
    {
      const work_scope at_work({.graph = options_.graph_number, .node = work_mark::scheduling});
      run_slice(c, looks_for_coarse);
    }
    if (is_over()) break;
    fire_due_timers();
    if (c.has_ready() || c.has_mail()) {
      if (c.first_ready_ == nullptr || queued_.load(std::memory_order_relaxed) == 0) continue;
      // Others wait for a worker: let them have this one for a while.
      c.status_.store(cluster::status::queued, std::memory_order_relaxed);
      enqueue(c, self);
      break;
    }
    if (c.first_ready_ == nullptr && put_to_rest(c)) break;
  }
  running_cluster_ = nullptr;
}

std::uint64_t scheduler::run_steps(cluster& c, std::uint64_t steps) {
  if (options_.watcher != nullptr) return c.run_observed(steps, *options_.watcher, mark_);
  return options_.marks_work ? c.run_marked(steps, mark_) : c.run(steps);
}

void scheduler::run_slice(cluster& c, bool looks_for_coarse) {
  if (&c != &first_cluster()) {
    run_steps(c, short_slice_steps);
  } else if (looks_for_coarse && grain_.wants_timed_steps()) {
    const task* const known = coarse_.size() == 1 ? coarse_.front() : nullptr;
    const cluster::timed_run got =
        c.run_timed(2 * short_slice_steps, known, options_.watcher, mark_);
    grain_.add_timed_slice(got.saw_long_step);
    if (got.coarse != nullptr) consider_coarse(*got.coarse);
  } else {
    const auto before = clock::now();
    const std::uint64_t most = options_.watcher != nullptr ? short_slice_steps : grain_.steps();
    const std::uint64_t steps = run_steps(c, most);
    grain_.add_slice(steps, std::chrono::nanoseconds(clock::now() - before).count());
  }
}

// True: the cluster is idle, or somebody else has queued it again meanwhile.
bool scheduler::put_to_rest(cluster& c) noexcept {
  // seq_cst: with the one in cluster::post, so that either this sees the mail or the poster sees an
  // idle cluster
  c.status_.store(cluster::status::idle, std::memory_order_seq_cst);
  if (c.inbox_.load(std::memory_order_seq_cst) != nullptr) {
    auto expected = cluster::status::idle;
    if (c.status_.compare_exchange_strong(expected, cluster::status::running)) return false;
  }
  finish_one_work();
  return true;
}

void scheduler::wake(cluster& c) noexcept {
  auto expected = cluster::status::idle;
  if (c.status_.load(std::memory_order_seq_cst) != expected)
    return;  // it looks at its mail before it rests
  if (!c.status_.compare_exchange_strong(expected, cluster::status::queued)) return;
  pending_.fetch_add(1, std::memory_order_relaxed);  // relaxed: the caller is counted itself
  const std::size_t self = running_worker_ < workers_.size() ? running_worker_ : 0;
  if (&c != clusters_.front().get()) return enqueue(c, self);
  urgent_.store(&c, std::memory_order_release);  // release: with find_cluster
  add_queued();
}

void scheduler::finish_one_work() noexcept {
  // acq_rel: who brings it to zero must see what all others did
  if (pending_.fetch_sub(1, std::memory_order_acq_rel) == 1) declare_over();
}

void scheduler::enqueue(cluster& c, std::size_t self) {
  {
    const std::lock_guard hold(workers_[self]->lock);
    worker& w = *workers_[self];
    c.next_queued_ = nullptr;
    (w.last == nullptr ? w.first : w.last->next_queued_) = &c;
    w.last = &c;
  }
  add_queued();
}

void scheduler::add_queued() {
  // seq_cst: with searching_ in search and parked_ in wait_for_cluster, so that either they see the
  // count or this sees them
  queued_.fetch_add(1, std::memory_order_seq_cst);
  if (searching_.load(std::memory_order_seq_cst) == 0) wake_one_worker();
}

void scheduler::wake_one_worker() {
  if (parked_.load(std::memory_order_seq_cst) == 0) return;
  { const std::lock_guard hold(park_lock_); }
  unpark_.notify_one();
  ++wakes_sent_;
}

cluster* scheduler::dequeue(std::size_t self) {
  worker& w = *workers_[self];
  const std::lock_guard hold(w.lock);
  cluster* c = w.first;
  if (c == nullptr) return nullptr;
  w.first = c->next_queued_;
  if (w.first == nullptr) w.last = nullptr;
  queued_.fetch_sub(1, std::memory_order_relaxed);
  return c;
}

cluster* scheduler::find_cluster(std::size_t self) {
  if (queued_.load(std::memory_order_relaxed) == 0) return nullptr;
  if (urgent_.load(std::memory_order_relaxed) != nullptr)
    // acquire: what was done in the cluster before
    if (cluster* c = urgent_.exchange(nullptr, std::memory_order_acquire)) {
      queued_.fetch_sub(1, std::memory_order_relaxed);
      return c;
    }
  for (std::size_t i = 0; i < workers_.size(); ++i)
    if (cluster* c = dequeue((self + i) % workers_.size())) return c;
  return nullptr;
}

cluster* scheduler::search(std::size_t self) {
  cluster* found = nullptr;
  searching_.fetch_add(1, std::memory_order_seq_cst);
  const auto until = clock::now() + search_time;
  do {
    for (int i = 0; i < 16 && found == nullptr; ++i) {
      found = find_cluster(self);
      if (found == nullptr) pause_cpu();
    }
  } while (found == nullptr && !is_over() && clock::now() < until);
  // seq_cst: with enqueue. Whoever queued a second cluster meanwhile left the waking to this.
  const bool was_last = searching_.fetch_sub(1, std::memory_order_seq_cst) == 1;
  if (found != nullptr && was_last && queued_.load(std::memory_order_seq_cst) != 0)
    wake_one_worker();
  return found;
}

cluster* scheduler::wait_for_cluster(std::size_t self) {
  if (threads_started_ > 0)
    if (cluster* c = search(self)) return c;
  fire_due_timers();
  if (queued_.load(std::memory_order_relaxed) != 0 || is_over()) return nullptr;
  if (options_.before_waiting) options_.before_waiting();

  std::unique_lock hold(park_lock_);
  parked_.fetch_add(1, std::memory_order_seq_cst);
  const auto awake = [this] { return queued_.load(std::memory_order_seq_cst) != 0 || is_over(); };
  const clock::rep next = next_timer_.load(std::memory_order_relaxed);
  if (next == no_timer)
    unpark_.wait(hold, awake);
  else
    unpark_.wait_until(hold, clock::time_point(clock::duration(next)), awake);
  parked_.fetch_sub(1, std::memory_order_relaxed);
  hold.unlock();
  fire_due_timers();
  return nullptr;
}

void scheduler::wake_at(clock::time_point when, completion& c) {
  pending_.fetch_add(1, std::memory_order_relaxed);
  const std::lock_guard hold(timer_lock_);
  timers_.push_back({when, timer_order_++, &c});
  std::push_heap(timers_.begin(), timers_.end(), std::greater<>());
  next_timer_.store(timers_.front().when.time_since_epoch().count(), std::memory_order_relaxed);
}

void scheduler::fire_due_timers() {
  if (next_timer_.load(std::memory_order_relaxed) == no_timer) return;
  const auto now = clock::now();
  std::unique_lock hold(timer_lock_);
  while (!timers_.empty() && timers_.front().when <= now) {
    completion& c = *timers_.front().done;
    std::pop_heap(timers_.begin(), timers_.end(), std::greater<>());
    timers_.pop_back();
    next_timer_.store(timers_.empty() ? no_timer : timers_.front().when.time_since_epoch().count(),
                      std::memory_order_relaxed);
    hold.unlock();
    cluster::complete(*c.who, c);
    finish_one_work();
    hold.lock();
  }
}

blocking_pool& scheduler::blocking() {
  const std::lock_guard hold(blocking_lock_);
  if (!blocking_) blocking_ = std::make_unique<blocking_pool>();
  return *blocking_;
}

void scheduler::run_blocking(std::function<void()> job, completion& c) {
  pending_.fetch_add(1, std::memory_order_relaxed);
  blocking().submit([this, job = std::move(job), &c] {
    {
      const work_scope at_work({.graph = options_.graph_number, .node = c.who->node});
      job();
    }
    cluster::complete(*c.who, c);
    finish_one_work();
  });
}

void scheduler::consider_coarse(task& t) {
  if (coarse_.size() < 2) {
    if (std::find(coarse_.begin(), coarse_.end(), &t) == coarse_.end()) coarse_.push_back(&t);
    if (coarse_.size() < 2) return;
    start_threads();
  }
  isolate(t);
}

void scheduler::isolate(task& t) {
  options_.share_channels_of(t);
  clusters_.push_back(std::make_unique<cluster>(*this));
  // release: who finds the task here finds its channels shared
  t.home.store(clusters_.back().get(), std::memory_order_release);
}

void scheduler::start_threads() {
  share_payloads_between_threads();
  threads_started_ = options_.workers - 1;  // before the first of them looks
  for (std::size_t i = 1; i < workers_.size(); ++i)
    workers_[i]->thread = std::thread([this, i] { work(i); });
}

void scheduler::end(outcome how) {
  {
    const std::lock_guard hold(end_lock_);
    if (ended_) return;
    ended_ = std::move(how);
  }
  declare_over();
}

void scheduler::fail(task& t, std::exception_ptr thrown) {
  {
    const std::lock_guard hold(end_lock_);
    if (!ended_ && !failed_) failed_ = failed_task{t.node, std::move(thrown)};
  }
  end({.how = outcome::kind::failed, .status = 2, .text = {}, .failure = {}});
}

void scheduler::cancel() {
  end({.how = outcome::kind::cancelled, .status = 2, .text = {}, .failure = {}});
}

void scheduler::declare_over() {
  over_.store(true, std::memory_order_release);  // release: with is_over
  { const std::lock_guard hold(park_lock_); }
  unpark_.notify_all();
}

}  // namespace nevaperf::runtime
