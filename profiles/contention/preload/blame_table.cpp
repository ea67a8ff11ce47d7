#include "profiles/contention/preload/blame_table.hpp"

#include <algorithm>

namespace nevaperf::preload {

namespace {

class holding {
 public:
  explicit holding(std::atomic<bool>& is_locked) : is_locked_(is_locked) {
    while (is_locked_.exchange(true, std::memory_order_acquire)) {
    }
  }
  holding(const holding&) = delete;
  holding& operator=(const holding&) = delete;
  ~holding() { is_locked_.store(false, std::memory_order_release); }

 private:
  std::atomic<bool>& is_locked_;
};

}  // namespace

blame_table::place* blame_table::find(const void* thing) {
  const std::size_t first = first_of(thing);
  for (std::size_t i = 0; i < most_probes; ++i)
    if (at(first + i).thing.load(std::memory_order_relaxed) == thing) return &at(first + i);
  return nullptr;
}

blame_table::place* blame_table::wait_begins(const void* thing, std::int64_t now_ns) {
  if (thing == nullptr) return nullptr;
  const std::size_t first = first_of(thing);
  const holding hold(at(first).is_locked);
  place* own = find(thing);
  for (std::size_t i = 0; own == nullptr && i < most_probes; ++i) {
    // Things of other hashes take places here too, under locks of their own.
    const void* nobody = nullptr;
    if (!at(first + i).thing.compare_exchange_strong(nobody, thing, std::memory_order_acquire))
      continue;
    own = &at(first + i);
    own->last_given_ns = 0;
  }
  if (own == nullptr) return nullptr;
  ++own->waits;
  own->sum_began_ns += std::max(now_ns, own->last_given_ns);
  waiting_.fetch_add(1, std::memory_order_relaxed);
  return own;
}

void blame_table::wait_ends(place* own, std::int64_t began_ns) {
  if (own == nullptr) return;
  // It is this thing's as long as somebody waits.
  const holding hold(at(first_of(own->thing.load(std::memory_order_relaxed))).is_locked);
  waiting_.fetch_sub(1, std::memory_order_relaxed);
  own->sum_began_ns -= std::max(began_ns, own->last_given_ns);
  if (--own->waits != 0) return;
  own->sum_began_ns = 0;
  own->thing.store(nullptr, std::memory_order_release);
}

blame blame_table::give_up(const void* thing, std::int64_t now_ns, bool for_one) {
  // Most often others wait, for other things: no lock for that.
  if (find(thing) == nullptr) return {};
  const holding hold(at(first_of(thing)).is_locked);
  place* const own = find(thing);
  if (own == nullptr) return {};
  const auto waits = static_cast<std::int64_t>(own->waits);
  const std::int64_t delay_ns = now_ns * waits - own->sum_began_ns;
  if (for_one) return {1, std::max<std::int64_t>(0, delay_ns / waits)};
  own->sum_began_ns = now_ns * waits;
  own->last_given_ns = now_ns;
  return {own->waits, std::max<std::int64_t>(0, delay_ns)};
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
