#include "runtime/observe/trace.hpp"

#include <algorithm>
#include <atomic>

namespace nevaperf::runtime {

namespace {

// A chunk is a small part of the whole, so that little is lost at once, and large enough to take
// the lock seldom.
constexpr std::size_t chunks_wanted = 16;
constexpr std::size_t largest_chunk_events = 4096;

std::uint64_t next_trace_id() {
  static std::atomic<std::uint64_t> last = 0;
  return last.fetch_add(1, std::memory_order_relaxed) + 1;  // relaxed: only the number counts
}

}  // namespace

trace::trace(std::size_t most_events, const base::clock& time)
    : time_(time),
      start_ns_(time.monotonic_ns()),
      id_(next_trace_id()),
      chunk_events_(std::clamp<std::size_t>(most_events / chunks_wanted, 1, largest_chunk_events)),
      most_chunks_(std::max<std::size_t>(most_events / chunk_events_, 1)) {}

void trace::begins(const graph_size& size) {
  counts_.resize(size.channels);
}

trace::lane& trace::lane_of_thread() noexcept {
  static thread_local struct {
    std::uint64_t trace_id = 0;
    lane* mine = nullptr;
  } known;
  if (known.trace_id != id_) [[unlikely]] {
    const std::lock_guard hold(lock_);
    known = {id_, &lanes_.emplace_back()};
  }
  return *known.mine;
}

trace::chunk* trace::next_chunk(chunk* full) {
  const std::lock_guard hold(lock_);
  if (full != nullptr) full_.push_back(full);
  if (chunks_.size() < most_chunks_ || full_.empty()) {
    // Not initialised: memory that is never filled is never touched.
    return &chunks_.emplace_back(chunk{std::make_unique_for_overwrite<event[]>(chunk_events_), 0});
  }
  chunk* oldest = full_.front();
  full_.pop_front();
  dropped_ += oldest->used;
  oldest->used = 0;
  return oldest;
}

void trace::record(lane& l, const event& e) noexcept {
  if (l.filling == nullptr || l.filling->used == chunk_events_) l.filling = next_chunk(l.filling);
  l.filling->events[l.filling->used++] = e;
}

void trace::step_begins(base::node_id node) noexcept {
  lane& l = lane_of_thread();
  l.running = node.index();
  l.step_began_ns = now_ns();
}

void trace::step_ends(base::node_id node) noexcept {
  lane& l = lane_of_thread();
  record(l, {.time_ns = l.step_began_ns,
             .duration_ns = now_ns() - l.step_began_ns,
             .node = node.index(),
             .channel = channel_id::none().index(),
             .message = 0,
             .what = kind::step,
             .why = {}});
}

void trace::sends(base::node_id sender, channel_id on) noexcept {
  record(lane_of_thread(), {.time_ns = now_ns(),
                            .duration_ns = 0,
                            .node = sender.index(),
                            .channel = on.index(),
                            .message = counts_[on.index()].sent++,
                            .what = kind::send,
                            .why = {}});
}

void trace::receives(base::node_id receiver, channel_id on) noexcept {
  lane& l = lane_of_thread();
  record(l, {.time_ns = now_ns(),
             .duration_ns = 0,
             .node = receiver.index(),
             .channel = on.index(),
             .message = counts_[on.index()].received++,
             .what = l.running == receiver.index() ? kind::take : kind::handed,
             .why = {}});
}

void trace::waits(base::node_id node, channel_id on, wait_reason why) noexcept {
  record(lane_of_thread(), {.time_ns = now_ns(),
                            .duration_ns = 0,
                            .node = node.index(),
                            .channel = on.index(),
                            .message = 0,
                            .what = kind::wait,
                            .why = why});
}

std::vector<trace::event> trace::events() const {
  std::vector<event> all;
  for (const chunk& c : chunks_) all.insert(all.end(), &c.events[0], &c.events[0] + c.used);
  std::stable_sort(all.begin(), all.end(), [](const event& a, const event& b) {
    if (a.time_ns != b.time_ns) return a.time_ns < b.time_ns;
    return a.what == kind::step && b.what != kind::step;
  });
  return all;
}

}  // namespace nevaperf::runtime
