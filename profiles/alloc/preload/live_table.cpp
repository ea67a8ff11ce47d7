#include "profiles/alloc/preload/live_table.hpp"

#include <sys/mman.h>

namespace nevaperf::preload {

namespace {

// In a place that is taken but whose content is not there yet.
const char busy_place = 0;

}  // namespace

bool live_table::prepare() {
  void* const memory = ::mmap(nullptr, bucket_count * sizeof(bucket), PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return false;
  buckets_ = static_cast<bucket*>(memory);
  return true;
}

void live_table::clear() {
  ::madvise(buckets_, bucket_count * sizeof(bucket), MADV_DONTNEED);
  for (auto& group : groups_) group.store(0, std::memory_order_relaxed);
}

bool live_table::add(const void* address, const live_allocation& what) {
  const std::uint64_t hash = hash_of(address);
  bucket& in = buckets_[hash % bucket_count];
  for (std::size_t i = 0; i < ways; ++i) {
    const void* expected = nullptr;
    if (!in.addresses[i].compare_exchange_strong(expected, &busy_place, std::memory_order_acquire))
      continue;
    in.what[i] = what;
    in.addresses[i].store(address, std::memory_order_release);
    std::atomic<std::uint8_t>& group = groups_[hash % group_count];
    std::uint8_t count = group.load(std::memory_order_relaxed);
    while (count != full_group &&
           !group.compare_exchange_weak(count, static_cast<std::uint8_t>(count + 1),
                                        std::memory_order_relaxed)) {
    }
    return true;
  }
  return false;
}

bool live_table::take_from(std::uint64_t hash, const void* address, live_allocation& what) {
  bucket& in = buckets_[hash % bucket_count];
  for (std::size_t i = 0; i < ways; ++i) {
    if (in.addresses[i].load(std::memory_order_acquire) != address) continue;
    what = in.what[i];
    in.addresses[i].store(nullptr, std::memory_order_release);
    std::atomic<std::uint8_t>& group = groups_[hash % group_count];
    std::uint8_t count = group.load(std::memory_order_relaxed);
    while (count != full_group && count != 0 &&
           !group.compare_exchange_weak(count, static_cast<std::uint8_t>(count - 1),
                                        std::memory_order_relaxed)) {
    }
    return true;
  }
  return false;
}

}  // namespace nevaperf::preload
