// A malloc that counts: preloaded behind the library that is tested, it sees whatever that library
// allocates itself.
#include <atomic>
#include <cstddef>

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void __libc_free(void*);
void* __libc_memalign(std::size_t, std::size_t);

std::atomic<unsigned long> counted = 0;
__attribute__((visibility("default"))) unsigned long counted_allocations() {
  return counted.load();
}
void* counting_malloc(std::size_t) __asm__("malloc");
void* counting_calloc(std::size_t, std::size_t) __asm__("calloc");
void* counting_realloc(void*, std::size_t) __asm__("realloc");
void counting_free(void*) __asm__("free");
void* counting_aligned_alloc(std::size_t, std::size_t) __asm__("aligned_alloc");

void* counting_malloc(std::size_t bytes) {
  ++counted;
  return __libc_malloc(bytes);
}
void* counting_calloc(std::size_t count, std::size_t bytes) {
  ++counted;
  return __libc_calloc(count, bytes);
}
void* counting_realloc(void* p, std::size_t bytes) {
  ++counted;
  return __libc_realloc(p, bytes);
}
void counting_free(void* p) {
  __libc_free(p);
}
void* counting_aligned_alloc(std::size_t alignment, std::size_t bytes) {
  ++counted;
  return __libc_memalign(alignment, bytes);
}
}
