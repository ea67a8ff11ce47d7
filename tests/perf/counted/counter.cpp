#include "tests/perf/counted/counter.hpp"

#include <cstddef>
#include <new>

namespace {

nevaperf::counted::allocations total;

void count(std::size_t bytes) {
  ++total.count;
  total.bytes += static_cast<std::int64_t>(bytes);
}

}  // namespace

extern "C" {

void* __real_malloc(std::size_t bytes);
void* __real_calloc(std::size_t count, std::size_t bytes);
void* __real_realloc(void* old, std::size_t bytes);

void* __wrap_malloc(std::size_t bytes) {
  count(bytes);
  return __real_malloc(bytes);
}

void* __wrap_calloc(std::size_t n, std::size_t bytes) {
  count(n * bytes);
  return __real_calloc(n, bytes);
}

void* __wrap_realloc(void* old, std::size_t bytes) {
  count(bytes);
  return __real_realloc(old, bytes);
}

void free(void* block);

}  // extern "C"

// The other forms of new and delete that the works use end here.
void* operator new(std::size_t bytes) {
  count(bytes);
  if (void* block = __real_malloc(bytes)) return block;
  throw std::bad_alloc();
}

void operator delete(void* block) noexcept {
  free(block);
}
void operator delete(void* block, std::size_t) noexcept {
  free(block);
}

namespace nevaperf::counted {

allocations so_far() {
  return total;
}

}  // namespace nevaperf::counted
