// The library that is preloaded into a process whose allocations are profiled. Links nothing of
// ours.
//
// It stands before the program's own allocator, which stays what it is, and before its operator
// new, which need not call malloc. Where tcmalloc is the allocator its hooks are used instead: its
// functions come first then (see alloc_kind.cpp).
//
// dlsym itself may allocate while the allocator is looked for: that comes from a small store which
// is never given back.
//
// Thread safety: everything is called by any thread.
#include <dlfcn.h>
#include <pthread.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>

#include "profiles/alloc/preload/sampler.hpp"

#define NEVAPERF_EXPORT extern "C" __attribute__((visibility("default")))

namespace nevaperf::preload {

namespace {

constinit sampler look;

// What the program would have called.
struct allocator {
  void* (*malloc)(std::size_t);
  void* (*calloc)(std::size_t, std::size_t);
  void* (*realloc)(void*, std::size_t);
  void (*free)(void*);
  int (*posix_memalign)(void**, std::size_t, std::size_t);
  void* (*aligned_alloc)(std::size_t, std::size_t);
  void* (*memalign)(std::size_t, std::size_t);
  void* (*valloc)(std::size_t);
  void* (*pvalloc)(std::size_t);
  void* (*op_new)(std::size_t);
  void* (*op_new_array)(std::size_t);
  void* (*op_new_nothrow)(std::size_t, const std::nothrow_t&);
  void* (*op_new_array_nothrow)(std::size_t, const std::nothrow_t&);
  void* (*op_new_aligned)(std::size_t, std::align_val_t);
  void* (*op_new_array_aligned)(std::size_t, std::align_val_t);
  void (*op_delete)(void*);
  void (*op_delete_array)(void*);
  void (*op_delete_aligned)(void*, std::align_val_t);
  void (*op_delete_array_aligned)(void*, std::align_val_t);
};
constinit allocator next{};

enum class search : int { not_begun, running, done };
std::atomic<search> searched = search::not_begun;

// An allocator within an allocator is counted once.
constinit thread_local int depth = 0;
struct nesting {
  nesting() { ++depth; }
  nesting(const nesting&) = delete;
  nesting& operator=(const nesting&) = delete;
  ~nesting() { --depth; }
  [[nodiscard]] static bool is_outermost() { return depth == 1; }
};

alignas(16) char early_store[1U << 16U];
std::atomic<std::size_t> early_used = 0;

bool is_early(const void* p) {
  return p >= early_store && p < early_store + sizeof early_store;
}

// Zeroed, as the store is. The size is kept before the block, for realloc.
void* early_allocate(std::size_t bytes) {
  if (bytes > sizeof early_store) return nullptr;
  const std::size_t whole = 16 + ((bytes + 15) & ~std::size_t{15});
  const std::size_t at = early_used.fetch_add(whole, std::memory_order_relaxed);
  if (at + whole > sizeof early_store) return nullptr;
  std::memcpy(early_store + at, &bytes, sizeof bytes);
  return early_store + at + 16;
}

template <class Function>
void find(Function*& into, const char* name) {
  into = reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

void search_allocator() {
  find(next.calloc, "calloc");
  find(next.malloc, "malloc");
  find(next.realloc, "realloc");
  find(next.free, "free");
  find(next.posix_memalign, "posix_memalign");
  find(next.aligned_alloc, "aligned_alloc");
  find(next.memalign, "memalign");
  find(next.valloc, "valloc");
  find(next.pvalloc, "pvalloc");
  find(next.op_new, "_Znwm");
  find(next.op_new_array, "_Znam");
  find(next.op_new_nothrow, "_ZnwmRKSt9nothrow_t");
  find(next.op_new_array_nothrow, "_ZnamRKSt9nothrow_t");
  find(next.op_new_aligned, "_ZnwmSt11align_val_t");
  find(next.op_new_array_aligned, "_ZnamSt11align_val_t");
  find(next.op_delete, "_ZdlPv");
  find(next.op_delete_array, "_ZdaPv");
  find(next.op_delete_aligned, "_ZdlPvSt11align_val_t");
  find(next.op_delete_array_aligned, "_ZdaPvSt11align_val_t");
}

// False: this very thread is looking for it at the moment, or another one.
bool is_ready() {
  if (searched.load(std::memory_order_acquire) == search::done) [[likely]]
    return true;
  search expected = search::not_begun;
  if (!searched.compare_exchange_strong(expected, search::running)) return false;
  search_allocator();
  searched.store(search::done, std::memory_order_release);
  return true;
}

template <class Allocate>
inline void* counted(std::size_t bytes, Allocate&& allocate) {
  const nesting inside;
  void* const made = allocate();
  if (made != nullptr && nesting::is_outermost()) look.on_alloc(made, bytes);
  return made;
}

template <class Free>
inline void uncounted(void* p, Free&& give_back) {
  if (p == nullptr || is_early(p)) return;
  const nesting inside;
  if (nesting::is_outermost()) look.on_free(p);
  give_back();
}

// Where no operator new is to be found: a program without the C++ library that loads a part with
// it.
void* plain_new(std::size_t bytes) {
  if (!is_ready()) return early_allocate(bytes);
  void* const made = next.malloc(bytes == 0 ? 1 : bytes);
  if (made == nullptr) std::abort();
  return made;
}

using hook_change = int (*)(void (*)(const void*, std::size_t));
using free_hook_change = int (*)(void (*)(const void*));

void hook_alloc(const void* p, std::size_t bytes) {
  look.on_alloc(p, bytes);
}
void hook_free(const void* p) {
  look.on_free(p);
}

void* tcmalloc_function(const char* name) {
  return ::dlsym(RTLD_DEFAULT, name);
}

bool change_hooks(const char* of_new, const char* of_delete) {
  const auto new_hook = reinterpret_cast<hook_change>(tcmalloc_function(of_new));
  const auto delete_hook = reinterpret_cast<free_hook_change>(tcmalloc_function(of_delete));
  return new_hook != nullptr && delete_hook != nullptr && new_hook(hook_alloc) != 0 &&
         delete_hook(hook_free) != 0;
}

__attribute__((constructor)) void start_library() {
  if (!is_ready() || !look.open()) return;
  ::pthread_atfork(nullptr, nullptr, [] { look.after_fork(); });
  if (std::getenv(profiles::alloc_file::wait_variable) == nullptr)
    look.start(reinterpret_cast<const void*>(next.malloc), false, nullptr);
}

__attribute__((destructor)) void end_library() {
  look.stop();
}

}  // namespace

}  // namespace nevaperf::preload

using namespace nevaperf::preload;

NEVAPERF_EXPORT int nevaperf_alloc_start(nevaperf::profiles::alloc_file::label_source label) {
  // Programs that this one starts from now on are profiled from their start.
  ::unsetenv(nevaperf::profiles::alloc_file::wait_variable);
  if (!look.is_open() || !change_hooks("MallocHook_AddNewHook", "MallocHook_AddDeleteHook"))
    return 0;
  look.start(tcmalloc_function("MallocHook_AddNewHook"), true, label);
  return 1;
}

NEVAPERF_EXPORT void nevaperf_alloc_stop() {
  look.stop();
  change_hooks("MallocHook_RemoveNewHook", "MallocHook_RemoveDeleteHook");
}

// The functions below have names of their own here, since the headers declare the real ones with
// attributes that differ from system to system.
#define NEVAPERF_REPLACES(name) __asm__(name) __attribute__((visibility("default")))
extern "C" {
void* own_malloc(std::size_t) NEVAPERF_REPLACES("malloc");
void* own_calloc(std::size_t, std::size_t) NEVAPERF_REPLACES("calloc");
void* own_realloc(void*, std::size_t) NEVAPERF_REPLACES("realloc");
void own_free(void*) NEVAPERF_REPLACES("free");
int own_posix_memalign(void**, std::size_t, std::size_t) NEVAPERF_REPLACES("posix_memalign");
void* own_aligned_alloc(std::size_t, std::size_t) NEVAPERF_REPLACES("aligned_alloc");
void* own_memalign(std::size_t, std::size_t) NEVAPERF_REPLACES("memalign");
void* own_valloc(std::size_t) NEVAPERF_REPLACES("valloc");
void* own_pvalloc(std::size_t) NEVAPERF_REPLACES("pvalloc");
void* own_new(std::size_t) NEVAPERF_REPLACES("_Znwm");
void* own_new_array(std::size_t) NEVAPERF_REPLACES("_Znam");
void* own_new_nothrow(std::size_t, const std::nothrow_t&) NEVAPERF_REPLACES("_ZnwmRKSt9nothrow_t");
void* own_new_array_nothrow(std::size_t, const std::nothrow_t&)
    NEVAPERF_REPLACES("_ZnamRKSt9nothrow_t");
void* own_new_aligned(std::size_t, std::align_val_t) NEVAPERF_REPLACES("_ZnwmSt11align_val_t");
void* own_new_array_aligned(std::size_t, std::align_val_t)
    NEVAPERF_REPLACES("_ZnamSt11align_val_t");
void own_delete(void*) NEVAPERF_REPLACES("_ZdlPv");
void own_delete_array(void*) NEVAPERF_REPLACES("_ZdaPv");
void own_delete_sized(void*, std::size_t) NEVAPERF_REPLACES("_ZdlPvm");
void own_delete_array_sized(void*, std::size_t) NEVAPERF_REPLACES("_ZdaPvm");
void own_delete_aligned(void*, std::align_val_t) NEVAPERF_REPLACES("_ZdlPvSt11align_val_t");
void own_delete_array_aligned(void*, std::align_val_t) NEVAPERF_REPLACES("_ZdaPvSt11align_val_t");
void own_delete_sized_aligned(void*, std::size_t, std::align_val_t)
    NEVAPERF_REPLACES("_ZdlPvmSt11align_val_t");
void own_delete_array_sized_aligned(void*, std::size_t, std::align_val_t)
    NEVAPERF_REPLACES("_ZdaPvmSt11align_val_t");

void* own_malloc(std::size_t bytes) {
  if (!is_ready()) return early_allocate(bytes);
  return counted(bytes, [&] { return next.malloc(bytes); });
}

void* own_calloc(std::size_t count, std::size_t bytes) {
  if (!is_ready()) return early_allocate(count * bytes);
  return counted(count * bytes, [&] { return next.calloc(count, bytes); });
}

void own_free(void* p) {
  uncounted(p, [&] {
    if (is_ready()) next.free(p);
  });
}

void* own_realloc(void* p, std::size_t bytes) {
  if (!is_ready() || is_early(p)) {
    void* const made = own_malloc(bytes);
    std::size_t before = 0;
    if (p != nullptr) std::memcpy(&before, static_cast<char*>(p) - 16, sizeof before);
    if (made != nullptr && before != 0) std::memcpy(made, p, before < bytes ? before : bytes);
    return made;
  }
  const nesting inside;
  // Known as freed before it is: after that another thread may have it.
  const bool counts = nesting::is_outermost();
  if (counts) look.on_free(p);
  void* const made = next.realloc(p, bytes);
  if (made != nullptr && counts) look.on_alloc(made, bytes);
  return made;
}

int own_posix_memalign(void** into, std::size_t alignment, std::size_t bytes) {
  if (!is_ready() || next.posix_memalign == nullptr) return ENOMEM;
  const nesting inside;
  const int failure = next.posix_memalign(into, alignment, bytes);
  if (failure == 0 && nesting::is_outermost()) look.on_alloc(*into, bytes);
  return failure;
}

void* own_aligned_alloc(std::size_t alignment, std::size_t bytes) {
  if (!is_ready()) return nullptr;
  return counted(bytes, [&] { return next.aligned_alloc(alignment, bytes); });
}

void* own_memalign(std::size_t alignment, std::size_t bytes) {
  if (!is_ready()) return nullptr;
  return counted(bytes, [&] { return next.memalign(alignment, bytes); });
}

void* own_valloc(std::size_t bytes) {
  if (!is_ready()) return nullptr;
  return counted(bytes, [&] { return next.valloc(bytes); });
}

void* own_pvalloc(std::size_t bytes) {
  if (!is_ready()) return nullptr;
  return counted(bytes, [&] { return next.pvalloc(bytes); });
}

void* own_new(std::size_t bytes) {
  if (!is_ready() || next.op_new == nullptr)
    return counted(bytes, [&] { return plain_new(bytes); });
  return counted(bytes, [&] { return next.op_new(bytes); });
}

void* own_new_array(std::size_t bytes) {
  if (!is_ready() || next.op_new_array == nullptr)
    return counted(bytes, [&] { return plain_new(bytes); });
  return counted(bytes, [&] { return next.op_new_array(bytes); });
}

void* own_new_nothrow(std::size_t bytes, const std::nothrow_t& tag) {
  if (!is_ready() || next.op_new_nothrow == nullptr) return own_malloc(bytes == 0 ? 1 : bytes);
  return counted(bytes, [&] { return next.op_new_nothrow(bytes, tag); });
}

void* own_new_array_nothrow(std::size_t bytes, const std::nothrow_t& tag) {
  if (!is_ready() || next.op_new_array_nothrow == nullptr)
    return own_malloc(bytes == 0 ? 1 : bytes);
  return counted(bytes, [&] { return next.op_new_array_nothrow(bytes, tag); });
}

void* own_new_aligned(std::size_t bytes, std::align_val_t alignment) {
  if (!is_ready() || next.op_new_aligned == nullptr)
    return own_memalign(static_cast<std::size_t>(alignment), bytes);
  return counted(bytes, [&] { return next.op_new_aligned(bytes, alignment); });
}

void* own_new_array_aligned(std::size_t bytes, std::align_val_t alignment) {
  if (!is_ready() || next.op_new_array_aligned == nullptr)
    return own_memalign(static_cast<std::size_t>(alignment), bytes);
  return counted(bytes, [&] { return next.op_new_array_aligned(bytes, alignment); });
}

void own_delete(void* p) {
  if (!is_ready() || next.op_delete == nullptr) return own_free(p);
  uncounted(p, [&] { next.op_delete(p); });
}

void own_delete_array(void* p) {
  if (!is_ready() || next.op_delete_array == nullptr) return own_free(p);
  uncounted(p, [&] { next.op_delete_array(p); });
}

void own_delete_sized(void* p, std::size_t) {
  own_delete(p);
}

void own_delete_array_sized(void* p, std::size_t) {
  own_delete_array(p);
}

void own_delete_aligned(void* p, std::align_val_t alignment) {
  if (!is_ready() || next.op_delete_aligned == nullptr) return own_free(p);
  uncounted(p, [&] { next.op_delete_aligned(p, alignment); });
}

void own_delete_array_aligned(void* p, std::align_val_t alignment) {
  if (!is_ready() || next.op_delete_array_aligned == nullptr) return own_free(p);
  uncounted(p, [&] { next.op_delete_array_aligned(p, alignment); });
}

void own_delete_sized_aligned(void* p, std::size_t, std::align_val_t alignment) {
  own_delete_aligned(p, alignment);
}

void own_delete_array_sized_aligned(void* p, std::size_t, std::align_val_t alignment) {
  own_delete_array_aligned(p, alignment);
}
}
