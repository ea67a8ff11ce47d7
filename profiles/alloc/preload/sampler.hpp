// Chooses allocations to look at: one for each P bytes on average, at exponentially distributed
// distances, so that every byte has the same chance (a Poisson process over the bytes). P = 1:
// every allocation.
//
// Thread safety: any thread. It allocates nothing and does not enter itself.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "profiles/alloc/alloc_file.hpp"
#include "profiles/alloc/preload/live_table.hpp"
#include "profiles/preload/stack_recorder.hpp"

namespace nevaperf::preload {

class sampler {
 public:
  // Once, before anything else. False: nothing is to be profiled, or it cannot be.
  bool open();
  [[nodiscard]] bool is_open() const { return kept_.is_open(); }
  // `its_malloc`: of the program; its module's frames are hidden if `hides` is set.
  void start(const void* its_malloc, bool hides, profiles::alloc_file::label_source label);
  void stop();
  void after_fork();
  [[nodiscard]] bool is_on() const { return is_on_.load(std::memory_order_relaxed); }

  void on_alloc(const void* address, std::size_t bytes) {
    if (!is_on()) return;
    const auto counted = static_cast<std::int64_t>(bytes < largest ? bytes : largest);
    // Nothing is no bytes, and still an allocation.
    left_ -= counted == 0 ? 1 : counted;
    if (left_ < 0) [[unlikely]]
      look_at(address, bytes);
  }
  void on_free(const void* address) {
    if (!is_on() || address == nullptr) return;
    live_allocation gone;
    if (live_.take(address, gone)) [[unlikely]]
      forget(gone);
  }

 private:
  static constexpr std::size_t largest = std::size_t{1} << 60U;

  void look_at(const void* address, std::size_t bytes);
  void take_sample(const void* address, std::size_t bytes);
  [[nodiscard]] std::int64_t next_distance();
  static void forget(const live_allocation& gone);

  static thread_local constinit std::int64_t left_;
  static thread_local constinit std::uint64_t random_;  // 0: this thread has not begun
  static thread_local constinit bool is_inside_;

  std::atomic<bool> is_on_ = false;
  double period_ = 1;
  std::uint64_t seed_ = 0;  // 0: the time
  const char* folder_ = nullptr;
  const void* malloc_ = nullptr;
  profiles::alloc_file::label_source label_ = nullptr;
  stack_recorder kept_;
  stack_walker walker_;
  live_table live_;
};

}  // namespace nevaperf::preload
