// Keeps waits: chooses them by their duration and adds them to the stack of who waited.
//
// Nothing is written while the thread holds the lock it waited for: what is known is put aside in
// the thread and written when it gives a lock up (flush), else the wait of others would grow.
//
// Thread safety: any thread. It allocates nothing.
#pragma once

#include <atomic>
#include <cstdint>

#include "profiles/contention/preload/blame_table.hpp"
#include "profiles/contention/wait_file.hpp"
#include "profiles/preload/stack_recorder.hpp"

namespace nevaperf::preload {

class wait_recorder {
 public:
  // Once, before anything else. False: nothing is to be profiled, or it cannot be.
  bool open();
  void close();
  void after_fork();
  [[nodiscard]] bool is_on() const { return is_on_.load(std::memory_order_relaxed); }

  using reason = profiles::wait_file::reason;

  // One wait: from its construction, when it is known that the thread must wait, to end(), or to
  // its destruction if the thread was cancelled in it.
  class wait {
   public:
    wait(wait_recorder& to, const void* thing, reason why);
    wait(const wait&) = delete;
    wait& operator=(const wait&) = delete;
    ~wait();
    // `holds_lock`: the thread has a lock now.
    void end(bool holds_lock);

   private:
    wait_recorder& to_;
    blame_table::place* place_ = nullptr;
    std::uint64_t* values_ = nullptr;
    std::int64_t began_ns_ = 0;
    bool is_open_ = false;
  };

  // Whether giving something up may need a charge or a flush.
  [[nodiscard]] bool is_quiet() const { return blames_.is_quiet() && put_aside_ == 0; }
  // Around the call that gives a thing up: before it what it cost others, after it the writing.
  [[nodiscard]] blame before_giving_up(const void* thing, bool for_one = false) {
    return blames_.is_quiet() ? blame{} : blames_.give_up(thing, monotonic_ns(), for_one);
  }
  void after_giving_up(const blame& cost, reason why);

 private:
  struct kept_wait {
    std::uint64_t* values;
    std::int64_t delay_ns;
  };
  static constexpr std::uint32_t most_aside = 16;

  void flush();
  void write(const kept_wait& what);
  std::uint64_t* values_here(reason why);

  static thread_local constinit std::uint32_t put_aside_;
  static thread_local constinit kept_wait aside_[most_aside];
  static thread_local constinit std::uint64_t random_;
  static thread_local constinit bool is_inside_;

  std::atomic<bool> is_on_ = false;
  const char* folder_ = nullptr;
  double threshold_ns_ = 0;
  stack_recorder kept_;
  stack_walker walker_;
  blame_table blames_;
};

}  // namespace nevaperf::preload
