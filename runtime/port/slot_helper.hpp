// Helper tasks for the slots of array ports and selects: variants to be measured beside the
// default, in which the node itself waits for all its slots.
//
//   readiness       no helper
//   task_per_slot   each receive_all, send_all and select starts one helper task for each slot,
//                   which does that slot's part and reports to the node, as Neva's own runtime does
//                   it with goroutines
//   pool            each operation is handed to a pool of at most `slot_pool::most_helpers` tasks
//                   that belongs to the node and stays; a helper starts the operation of one slot
//                   after the other in the name of the node
//
// Guarantees are the same for all: slots are served in whatever order their partners come, since no
// helper of a slot waits for another slot, and those of a pool never wait for a partner; a select
// gives the oldest message, since helpers take it from its queue (arrivals.hpp) and not from the
// slot that woke them. An operation ends when all its helpers have done their part.
//
// A helper runs in the cluster in which its operation began, under the node's number. If its node
// moves to another cluster meanwhile, it stays, and the two use the ways between clusters. It
// reports when it is suspended for good, so that the node may destroy it at its next operation.
//
// Thread safety: as nodes.
#pragma once

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/port/slot_handling.hpp"
#include "runtime/port/special_channel.hpp"
#include "runtime/schedule/node_task.hpp"

namespace nevaperf::runtime {

struct selected;

// Memory of one helper's frame, used again by the next helper of the slot; unless pooling is off:
// then each frame comes from the allocator.
class helper_memory {
 public:
  explicit helper_memory(bool is_pooled) : is_pooled_(is_pooled) {}
  [[nodiscard]] void* allocate(std::size_t bytes);
  static void free(void* frame) noexcept;

 private:
  bool is_pooled_;
  std::size_t size_ = 0;
  std::unique_ptr<std::byte[]> block_;
};

// A helper's coroutine; destroyed with this.
class slot_helper {
 public:
  struct promise_type : task {
    task* worked_for = nullptr;  // its node
    completion done;             // on its way to the node
    completion woken;            // on its way to this

    slot_helper get_return_object() {
      return slot_helper(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    auto final_suspend() noexcept {
      struct report {
        static bool await_ready() noexcept { return false; }
        static void await_suspend(std::coroutine_handle<promise_type> h) noexcept {
          cluster::complete(*h.promise().worked_for, h.promise().done);
        }
        static void await_resume() noexcept {}
      };
      return report{};
    }
    // The first parameter of every helper's coroutine.
    template <class... Others>
    static void* operator new(std::size_t bytes, helper_memory& memory, Others&...) {
      return memory.allocate(bytes);
    }
    static void operator delete(void* frame, std::size_t) { helper_memory::free(frame); }
  };
  using handle = std::coroutine_handle<promise_type>;

  slot_helper() = default;
  slot_helper(slot_helper&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  slot_helper& operator=(slot_helper&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~slot_helper() { reset(); }

  void reset() noexcept {
    if (handle_) std::exchange(handle_, nullptr).destroy();
  }
  // Makes it ready, for an operation of `node`, which runs.
  void launch(task& node) noexcept;
  [[nodiscard]] promise_type& promise() const noexcept { return handle_.promise(); }

 private:
  explicit slot_helper(handle h) : handle_(h) {}
  handle handle_;
};

// A task's frame is found from its promise: so it is from the part that a helper shares with nodes.
static_assert(alignof(slot_helper::promise_type) == alignof(task));

class slot_pool {
 public:
  static constexpr std::size_t most_helpers = 4;

  // For a node's operations on `slots` slots.
  slot_pool(std::size_t slots, bool is_pooled);
  slot_pool(const slot_pool&) = delete;
  slot_pool& operator=(const slot_pool&) = delete;
  ~slot_pool();

  struct job {
    task* node = nullptr;
    channel* at = nullptr;
    message* into = nullptr;   // a receive; null: a send
    selector* from = nullptr;  // a select
    selected* chosen = nullptr;
  };
  // By the node, which runs. The node is told when the job is done.
  void add(const job& j) noexcept;

 private:
  struct worker {
    explicit worker(bool is_pooled) : memory(is_pooled) {}
    helper_memory memory;
    slot_helper helper;
  };
  struct turn;

  static slot_helper work(helper_memory& memory, slot_pool& from);
  bool take(job& into) noexcept;
  static void run(const job& j) noexcept;

  spin_lock lock_;         // helpers may run elsewhere than their node
  std::vector<job> jobs_;  // a ring
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::vector<slot_helper::promise_type*> idle_;
  std::vector<std::unique_ptr<worker>> workers_;
  std::size_t started_ = 0;
};

// One end of a channel, if helpers work there.
class helped_end {
 public:
  // `pool` null: a task for each operation.
  helped_end(slot_pool* pool, bool is_pooled) : pool_(pool), memory_(is_pooled) {}

  void receive(channel& c, task& t, message& into) noexcept;
  // `c.value` holds the message.
  void send(channel& c, task& t) noexcept;
  // A slot of a select, with a task each: looks for a message, else waits to be woken.
  void look(selector& from, std::size_t slot, task& t) noexcept;
  // The helper that looks here may go on.
  void wake() noexcept;

 private:
  slot_pool* pool_;
  helper_memory memory_;
  slot_helper helper_;
};

}  // namespace nevaperf::runtime
