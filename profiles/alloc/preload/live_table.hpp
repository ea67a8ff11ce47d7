// The sampled allocations that are not freed yet, by address. Of fixed size.
//
// Most frees are of memory that was not sampled: a byte for each of 65536 groups of addresses says
// whether a group has any, and lies in the cache.
//
// Thread safety: any thread, without a lock; an address is added once until it is taken.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace nevaperf::preload {

struct live_allocation {
  std::uint64_t* values = nullptr;  // of its stack
  std::uint64_t objects = 0;        // what it stands for, in 1/1024
  std::uint64_t space = 0;
};

class live_table {
 public:
  bool prepare();  // false: no memory
  void clear();    // nobody else uses it

  // False: no room.
  bool add(const void* address, const live_allocation& what);
  // False: it was not sampled.
  bool take(const void* address, live_allocation& what) {
    const std::uint64_t hash = hash_of(address);
    return groups_[hash % group_count].load(std::memory_order_relaxed) != 0 &&
           take_from(hash, address, what);
  }

 private:
  static constexpr std::size_t group_count = 1U << 16U;
  static constexpr std::size_t bucket_count = 1U << 15U;
  static constexpr std::size_t ways = 8;
  static constexpr std::uint8_t full_group = UINT8_MAX;  // not counted any more

  struct bucket {
    std::atomic<const void*> addresses[ways];
    live_allocation what[ways];
  };

  [[nodiscard]] static std::uint64_t hash_of(const void* address) {
    return (reinterpret_cast<std::uintptr_t>(address) >> 4U) * 0x9e3779b97f4a7c15U >> 32U;
  }
  bool take_from(std::uint64_t hash, const void* address, live_allocation& what);

  std::atomic<std::uint8_t> groups_[group_count];
  bucket* buckets_ = nullptr;
};

}  // namespace nevaperf::preload
