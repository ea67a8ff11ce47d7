// The part of a message that does not fit into its 16 bytes: immutable, shared, counted.
//
// The count is an ordinary integer until a scheduler with more than one worker announces itself by
// `share_payloads_between_threads()`; from then on, for the rest of the process, it is atomic. So
// a single worker never pays for an atomic read-modify-write.
//
// Thread safety: any thread, once sharing was announced before the second thread began to touch
// messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nevaperf::runtime {

enum class payload_type : std::uint8_t { string, bytes, list, dict, structure, boxed };

struct payload {
  explicit payload(payload_type t) : type(t) {}
  std::uint32_t references = 1;
  payload_type type;
};

// Text and bytes; the data follow.
struct text_payload : payload {
  text_payload(payload_type t, std::size_t n) : payload(t), size(n) {}
  [[nodiscard]] char* data() { return reinterpret_cast<char*>(this + 1); }
  [[nodiscard]] std::string_view view() const {
    return {reinterpret_cast<const char*>(this + 1), size};
  }
  std::size_t size;
};

namespace detail {
inline bool payloads_are_shared = false;
}

void share_payloads_between_threads();

// Frees a payload whose last reference is gone, and what only it referred to, without recursion: a
// list nested a million levels deep needs no stack.
void destroy(payload* p) noexcept;

// Payloads that exist now, made by any thread: 0 after the last message is gone. Exact when no
// other thread is at work on messages.
[[nodiscard]] std::int64_t live_payloads();

inline void retain(payload* p) noexcept {
  if (detail::payloads_are_shared) [[unlikely]]
    // relaxed: a new reference is made from an existing one, which keeps the payload alive
    __atomic_fetch_add(&p->references, 1, __ATOMIC_RELAXED);
  else
    ++p->references;
}

// True if this was the last reference: the caller must `destroy` the payload.
[[nodiscard]] inline bool drop(payload* p) noexcept {
  if (detail::payloads_are_shared) [[unlikely]]
    // acq_rel: the last owner must see all that the others did with the payload before it frees it
    return __atomic_sub_fetch(&p->references, 1, __ATOMIC_ACQ_REL) == 0;
  return --p->references == 0;
}

inline void release(payload* p) noexcept {
  if (drop(p)) destroy(p);
}

// True if the caller holds the only reference: it may then take the payload apart instead of
// copying it.
inline bool is_unique(const payload* p) noexcept {
  // acquire: pairs with the release of the other owners' decrements
  return __atomic_load_n(&p->references, __ATOMIC_ACQUIRE) == 1;
}

// Memory of payloads, for the makers of payloads in this folder; counted for `live_payloads`.
[[nodiscard]] void* allocate_payload(std::size_t bytes);             // or std::bad_alloc
[[nodiscard]] void* reallocate_payload(void* p, std::size_t bytes);  // or std::bad_alloc, p kept
void free_payload(void* p) noexcept;

}  // namespace nevaperf::runtime
