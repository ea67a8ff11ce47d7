#include "core/measure/allocation_counter.hpp"

#if NEVAPERF_TCMALLOC
#include <gperftools/malloc_hook_c.h>
#include <gperftools/tcmalloc.h>
#endif

#include <atomic>

namespace nevaperf::measure {

#if NEVAPERF_TCMALLOC

namespace {

// relaxed: sums that are read when the counted threads have ended or passed their results on
std::atomic<std::uint64_t> calls{0};
std::atomic<std::uint64_t> bytes{0};

void count(const void*, std::size_t size) {
  calls.fetch_add(1, std::memory_order_relaxed);
  bytes.fetch_add(size, std::memory_order_relaxed);
}

}  // namespace

bool allocation_counter::possible() {
  return true;
}

void allocation_counter::start() {
  calls.store(0, std::memory_order_relaxed);
  bytes.store(0, std::memory_order_relaxed);
  MallocHook_AddNewHook(&count);
}

allocation_total allocation_counter::stop() {
  MallocHook_RemoveNewHook(&count);
  return {calls.load(std::memory_order_relaxed), bytes.load(std::memory_order_relaxed)};
}

std::string allocator_name() {
  int major = 0;
  int minor = 0;
  const char* patch = "";
  tc_version(&major, &minor, &patch);
  return "tcmalloc (gperftools " + std::to_string(major) + "." + std::to_string(minor) + patch +
         ")";
}

#else

bool allocation_counter::possible() {
  return false;
}

void allocation_counter::start() {}

allocation_total allocation_counter::stop() {
  return {};
}

std::string allocator_name() {
  return "that of the sanitizer";
}

#endif

}  // namespace nevaperf::measure
