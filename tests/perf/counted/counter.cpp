#include "tests/perf/counted/counter.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

nevaperf::counted::allocations total;

void count(std::size_t bytes) {
  ++total.count;
  total.bytes += static_cast<std::int64_t>(bytes);
}

}  // namespace

// The names are the linker's: --wrap=malloc sends calls of malloc to __wrap_malloc, and calls of
// __real_malloc to malloc.
extern "C" {

void* real_malloc(std::size_t bytes) asm("__real_malloc");
void* real_calloc(std::size_t number, std::size_t bytes) asm("__real_calloc");
void* real_realloc(void* old, std::size_t bytes) asm("__real_realloc");

void* counted_malloc(std::size_t bytes) asm("__wrap_malloc");
void* counted_calloc(std::size_t number, std::size_t bytes) asm("__wrap_calloc");
void* counted_realloc(void* old, std::size_t bytes) asm("__wrap_realloc");

void* counted_malloc(std::size_t bytes) {
  count(bytes);
  return real_malloc(bytes);
}

void* counted_calloc(std::size_t number, std::size_t bytes) {
  count(number * bytes);
  return real_calloc(number, bytes);
}

void* counted_realloc(void* old, std::size_t bytes) {
  count(bytes);
  return real_realloc(old, bytes);
}

}  // extern "C"

// The other forms of new and delete that the works use end here.
void* operator new(std::size_t bytes) {
  count(bytes);
  if (void* block = real_malloc(bytes)) return block;
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
