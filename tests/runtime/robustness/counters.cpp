#include "tests/runtime/robustness/counters.hpp"

#include <malloc.h>

#include <cstdlib>
#include <filesystem>
#include <new>

#include "runtime/message/payload.hpp"

namespace {
std::atomic<std::int64_t> held = 0;
}

void* operator new(std::size_t bytes) {
  void* block = std::malloc(bytes == 0 ? 1 : bytes);
  if (block == nullptr) throw std::bad_alloc();
  held += static_cast<std::int64_t>(malloc_usable_size(block));
  return block;
}

// The sanitizers' own form would not fit the delete below.
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
  void* block = std::malloc(bytes == 0 ? 1 : bytes);
  if (block != nullptr) held += static_cast<std::int64_t>(malloc_usable_size(block));
  return block;
}

void operator delete(void* block) noexcept {
  if (block == nullptr) return;
  held -= static_cast<std::int64_t>(malloc_usable_size(block));
  std::free(block);
}

void operator delete(void* block, std::size_t) noexcept {
  operator delete(block);
}

namespace nevaperf::tests {

std::int64_t live_bytes() noexcept {
  return held;
}

leftovers leftovers::now() {
  std::int64_t descriptors = 0;
  for ([[maybe_unused]] const auto& one : std::filesystem::directory_iterator("/proc/self/fd"))
    ++descriptors;
  return {.bytes = live_bytes(),
          .descriptors = descriptors,
          .frames = counted_frame::live(),
          .payloads = runtime::live_payloads()};
}

}  // namespace nevaperf::tests
