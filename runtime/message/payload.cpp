#include "runtime/message/payload.hpp"

#include <cstdlib>
#include <mutex>
#include <new>
#include <span>

#include "runtime/message/containers.hpp"
#include "runtime/message/list_payload.hpp"
#include "runtime/message/structure.hpp"

namespace nevaperf::runtime {
namespace {

// One counter a thread, so that counting costs no shared cache line. A payload may be freed by
// another thread than its maker: only the sum means anything. Counters outlive their threads.
struct alignas(64) thread_counter {
  std::int64_t balance = 0;
  thread_counter* next = nullptr;
};

std::mutex counters_mutex;
thread_counter* counters = nullptr;
constinit thread_local thread_counter* own_counter = nullptr;

[[gnu::noinline]] thread_counter* register_thread() {
  auto* const c = new thread_counter;
  const std::lock_guard lock(counters_mutex);
  c->next = counters;
  counters = c;
  return own_counter = c;
}

void count(std::int64_t change) {
  thread_counter* const c = own_counter ? own_counter : register_thread();
  // relaxed: only this thread writes it; readers want no order, only a whole number
  const std::int64_t balance = __atomic_load_n(&c->balance, __ATOMIC_RELAXED);
  __atomic_store_n(&c->balance, balance + change, __ATOMIC_RELAXED);
}

// The messages that a payload holds: first and number.
std::span<message> messages_in(payload* p) {
  switch (p->type) {
    case payload_type::list: {
      auto* const l = static_cast<list_payload*>(p);
      if (l->is_view() || l->elements != element::general) return {};
      return {static_cast<message*>(l->data), l->size};
    }
    case payload_type::dict: {
      auto* const d = static_cast<dict_payload*>(p);
      return {&d->entries()->key, 2 * d->size};
    }
    case payload_type::structure: {
      auto* const s = static_cast<structure_payload*>(p);
      return {s->values(), s->form->fields().size()};
    }
    case payload_type::boxed:
      return {&static_cast<boxed_payload*>(p)->inner, 1};
    case payload_type::string:
    case payload_type::bytes:
      break;
  }
  return {};
}

// Takes the payload out of `m` if this was its last reference.
payload* take_dead(message& m) {
  payload* const p = m.shared_payload();
  ::new (&m) message;  // forgets the reference without releasing it
  return p && drop(p) ? p : nullptr;
}

// Dead payloads that hold messages, linked through the place of their first message, whose own
// reference was dropped before: no memory is needed however deep the nesting is.
class dead_payloads {
 public:
  // Frees `p` at once if it holds no messages.
  void add(payload* p) {
    while (p) {
      const std::span<message> inside = messages_in(p);
      payload* next = nullptr;
      if (!inside.empty()) {
        next = take_dead(inside.front());
        // any kind will do: this message is only a place for a pointer
        ::new (&inside.front()) message(message::adopt(kind::none, first_));
        first_ = p;
      } else {
        if (p->type == payload_type::list) {
          list_payload* const owner = static_cast<list_payload*>(p)->owner;
          if (owner && drop(owner)) next = owner;
        }
        free_payload(p);
      }
      p = next;
    }
  }

  void free_all() {
    while (first_) {
      payload* const p = first_;
      const std::span<message> inside = messages_in(p);
      first_ = inside.front().shared_payload();
      for (message& m : inside.subspan(1)) add(take_dead(m));
      free_payload(p);
    }
  }

 private:
  payload* first_ = nullptr;
};

}  // namespace

void share_payloads_between_threads() {
  detail::payloads_are_shared = true;
}

void destroy(payload* p) noexcept {
  dead_payloads dead;
  dead.add(p);
  dead.free_all();
}

std::int64_t live_payloads() {
  const std::lock_guard lock(counters_mutex);
  std::int64_t sum = 0;
  for (const thread_counter* c = counters; c; c = c->next)
    sum += __atomic_load_n(&c->balance, __ATOMIC_RELAXED);  // relaxed: see `count`
  return sum;
}

void* allocate_payload(std::size_t bytes) {
  void* const p = std::malloc(bytes);
  if (!p) throw std::bad_alloc();
  count(1);
  return p;
}

void* reallocate_payload(void* p, std::size_t bytes) {
  void* const moved = std::realloc(p, bytes);
  if (!moved) throw std::bad_alloc();
  return moved;
}

void free_payload(void* p) noexcept {
  count(-1);
  std::free(p);
}

}  // namespace nevaperf::runtime
