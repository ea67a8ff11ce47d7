// Who waits for what at the moment, so that those who make them wait can be charged for it.
//
// A holder is charged, when it gives the thing up, for the time since each of those who wait began
// to, or since the holder before it gave it up: with three waiters 100 ms of holding cost 300 ms.
// The charges of all holders add up to what all waited.
//
// A thing is a lock, a condition variable or a semaphore by its address. Of fixed size; what finds
// no place is not charged to anybody.
//
// Thread safety: any thread; a spin lock for the things of each hash, held for a few instructions,
// taken only where somebody waits. What is known of a thing changes only under the lock of its
// hash, so that it never gets two places.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace nevaperf::preload {

struct blame {
  std::uint64_t waits = 0;
  std::int64_t delay_ns = 0;
};

class blame_table {
 public:
  // Null: no place.
  struct place;
  place* wait_begins(const void* thing, std::int64_t now_ns);
  void wait_ends(place* at, std::int64_t began_ns);

  // Whether anybody waits for anything, which is nearly always enough to know.
  [[nodiscard]] bool is_quiet() const { return waiting_.load(std::memory_order_relaxed) == 0; }
  // The thing is given up now (for all, or for one of those who wait).
  blame give_up(const void* thing, std::int64_t now_ns, bool for_one);
  void clear();

  struct place {
    std::atomic<bool> is_locked = false;  // for the things whose search starts here
    std::atomic<const void*> thing = nullptr;
    std::uint64_t waits = 0;
    std::int64_t sum_began_ns = 0;  // of those who wait, each counted from the last give_up
    std::int64_t last_given_ns = 0;
  };

 private:
  static constexpr std::size_t place_count = 4096;
  static constexpr std::size_t most_probes = 16;

  [[nodiscard]] static std::size_t first_of(const void* thing) {
    return (reinterpret_cast<std::uintptr_t>(thing) >> 3U) * 0x9e3779b97f4a7c15U >> 52U;
  }
  [[nodiscard]] place& at(std::size_t index) { return places_[index % place_count]; }
  // Its place, or null.
  [[nodiscard]] place* find(const void* thing);

  std::atomic<std::uint32_t> waiting_ = 0;
  place places_[place_count];
};

}  // namespace nevaperf::preload
