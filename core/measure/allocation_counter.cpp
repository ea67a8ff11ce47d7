#include "core/measure/allocation_counter.hpp"

#include <dlfcn.h>
#include <gnu/libc-version.h>

#include <atomic>
#include <cstdlib>
#include <string_view>

namespace nevaperf::measure {

namespace {

constexpr bool is_sanitized = !std::string_view(NEVAPERF_SANITIZERS).empty();

// relaxed: sums that are read when the counted threads have ended or passed their results on
std::atomic<std::uint64_t> calls{0};
std::atomic<std::uint64_t> bytes{0};

void count(const void*, std::size_t size) {
  calls.fetch_add(1, std::memory_order_relaxed);
  bytes.fetch_add(size, std::memory_order_relaxed);
}

// gperftools/malloc_hook_c.h: int MallocHook_AddNewHook(void (*)(const void*, size_t)), and the
// same for RemoveNewHook.
using hook_change = int (*)(void (*)(const void*, std::size_t));

hook_change hook_function(const char* name) {
  return reinterpret_cast<hook_change>(::dlsym(RTLD_DEFAULT, name));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> counting_environment() {
  if (is_sanitized) return {};
  std::string libraries = "libtcmalloc.so.4";
  // What the user preloads stays, behind it.
  if (const char* before = std::getenv("LD_PRELOAD"); before != nullptr && *before != '\0') {
    libraries += std::string(":") + before;
  }
  return {{"LD_PRELOAD", libraries}};
}

bool allocation_counter::possible() {
  return hook_function("MallocHook_AddNewHook") != nullptr &&
         hook_function("MallocHook_RemoveNewHook") != nullptr;
}

void allocation_counter::start() {
  calls.store(0, std::memory_order_relaxed);
  bytes.store(0, std::memory_order_relaxed);
  hook_function("MallocHook_AddNewHook")(&count);
}

allocation_total allocation_counter::stop() {
  hook_function("MallocHook_RemoveNewHook")(&count);
  return {calls.load(std::memory_order_relaxed), bytes.load(std::memory_order_relaxed)};
}

std::string allocator_name() {
  if (is_sanitized) return "that of the sanitizer";
  if (allocation_counter::possible()) return "tcmalloc";
  return std::string("glibc ") + ::gnu_get_libc_version();
}

}  // namespace nevaperf::measure
