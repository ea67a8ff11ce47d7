#include "profiles/contention/preload/blame_table.hpp"

#include <algorithm>

namespace nevaperf::preload {

namespace {

class holding {
 public:
  explicit holding(blame_table::place& at) : at_(at) {
    while (at_.is_locked.exchange(true, std::memory_order_acquire)) {
    }
  }
  holding(const holding&) = delete;
  holding& operator=(const holding&) = delete;
  ~holding() { at_.is_locked.store(false, std::memory_order_release); }

 private:
  blame_table::place& at_;
};

}  // namespace

blame_table::place* blame_table::wait_begins(const void* thing, std::int64_t now_ns) {
  if (thing == nullptr) return nullptr;
  const std::size_t first = first_of(thing);
  // One pass for its own place, one for a free one.
  for (const void* wanted : {thing, static_cast<const void*>(nullptr)}) {
    for (std::size_t i = 0; i < most_probes; ++i) {
      place& at = places_[(first + i) % place_count];
      if (at.thing.load(std::memory_order_relaxed) != wanted) continue;
      const holding hold(at);
      if (at.thing.load(std::memory_order_relaxed) != wanted) continue;
      if (wanted == nullptr) at.last_given_ns = 0;
      at.thing.store(thing, std::memory_order_relaxed);
      ++at.waits;
      at.sum_began_ns += std::max(now_ns, at.last_given_ns);
      waiting_.fetch_add(1, std::memory_order_relaxed);
      return &at;
    }
  }
  return nullptr;
}

void blame_table::wait_ends(place* at, std::int64_t began_ns) {
  if (at == nullptr) return;
  const holding hold(*at);
  waiting_.fetch_sub(1, std::memory_order_relaxed);
  at->sum_began_ns -= std::max(began_ns, at->last_given_ns);
  if (--at->waits != 0) return;
  at->sum_began_ns = 0;
  at->thing.store(nullptr, std::memory_order_relaxed);
}

blame blame_table::give_up(const void* thing, std::int64_t now_ns, bool for_one) {
  const std::size_t first = first_of(thing);
  for (std::size_t i = 0; i < most_probes; ++i) {
    place& at = places_[(first + i) % place_count];
    if (at.thing.load(std::memory_order_relaxed) != thing) continue;
    const holding hold(at);
    if (at.thing.load(std::memory_order_relaxed) != thing || at.waits == 0) continue;
    const auto waits = static_cast<std::int64_t>(at.waits);
    const std::int64_t delay_ns = now_ns * waits - at.sum_began_ns;
    if (for_one) return {1, std::max<std::int64_t>(0, delay_ns / waits)};
    at.sum_began_ns = now_ns * waits;
    at.last_given_ns = now_ns;
    return {at.waits, std::max<std::int64_t>(0, delay_ns)};
  }
  return {};
}

void blame_table::clear() {
  for (place& at : places_) {
    at.is_locked.store(false, std::memory_order_relaxed);
    at.thing.store(nullptr, std::memory_order_relaxed);
    at.waits = 0;
    at.sum_began_ns = 0;
    at.last_given_ns = 0;
  }
  waiting_.store(0, std::memory_order_relaxed);
}

}  // namespace nevaperf::preload
