// A node's behaviour: a C++20 coroutine that receives, computes and sends, usually for ever.
//
//   node_task not_(input data, output res) {
//     for (;;) co_await res.send(message::boolean(!data.boolean(co_await data.receive())));
//   }
//
// A node has at most one operation pending; `outstanding` counts the channels it still waits for.
// What is thrown out of a node ends the run as an error at that node (see cluster.hpp).
//
// Frames are placed in the arena of the graph that is being wired (frame_scope); they cannot exist
// outside one.
//
// Thread safety: a task belongs to its cluster, which runs on one worker at a time.
#pragma once

#include <atomic>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "runtime/schedule/frame_arena.hpp"

namespace nevaperf::runtime {

class cluster;

class node_task {
 public:
  struct promise_type;
  using handle = std::coroutine_handle<promise_type>;

  struct promise_type {
    // The cluster it runs in. Changes when the task is isolated (scheduler.hpp); inside a cluster
    // it is constant, and only other clusters need the atomic.
    std::atomic<cluster*> home = nullptr;
    promise_type* next_ready = nullptr;
    std::uint32_t outstanding = 0;
    std::uint32_t node = 0;          // its number in the graph
    std::uint16_t mean_step_ns = 0;  // of its timed steps (grain.hpp)
    bool finished = false;
    bool is_helper = false;  // of a node (port/slot_helper.hpp), whose number it has

    [[nodiscard]] cluster& here() const noexcept { return *home.load(std::memory_order_relaxed); }

    node_task get_return_object() { return node_task(handle::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept {
      finished = true;
      return {};
    }
    void return_void() {}
    void unhandled_exception() noexcept;

    static void* operator new(std::size_t bytes);
    static void operator delete(void*, std::size_t) {}  // the arena gives it back

    void resume() { handle::from_promise(*this).resume(); }
  };

  node_task(node_task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  node_task& operator=(node_task&&) = delete;
  ~node_task() {
    if (handle_) handle_.destroy();
  }

  // Hands the coroutine over to the caller, who destroys it.
  handle release() { return std::exchange(handle_, nullptr); }

 private:
  explicit node_task(handle h) : handle_(h) {}
  handle handle_;
};

using task = node_task::promise_type;

// While it lives, coroutine frames made by this thread are placed in `arena`.
class frame_scope {
 public:
  explicit frame_scope(frame_arena& arena);
  frame_scope(const frame_scope&) = delete;
  frame_scope& operator=(const frame_scope&) = delete;
  ~frame_scope();

 private:
  frame_arena* outer_;
};

}  // namespace nevaperf::runtime
