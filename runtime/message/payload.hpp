// The part of a message that does not fit into its 16 bytes: immutable, shared, counted.
//
// The count is an ordinary integer until a scheduler with more than one worker announces itself by
// `share_payloads_between_threads()`; from then on, for the rest of the process, it is atomic. So a single worker
// never pays for an atomic read-modify-write.
//
// Thread safety: any thread, once sharing was announced before the second thread began to touch messages.
#pragma once

#include <cstdint>

namespace nevaperf::runtime {

enum class payload_type : std::uint8_t { string, bytes, list, dict, structure, boxed };

struct payload {
  explicit payload(payload_type t) : type(t) {}
  std::uint32_t references = 1;
  payload_type type;
};

namespace detail {
inline bool payloads_are_shared = false;
}

void share_payloads_between_threads();

// Frees a payload whose last reference is gone, and what only it referred to, without recursion: a list nested
// a million levels deep needs no stack.
void destroy(payload* p) noexcept;

inline void retain(payload* p) noexcept {
  if (detail::payloads_are_shared) [[unlikely]]
    // relaxed: a new reference is made from an existing one, which keeps the payload alive
    __atomic_fetch_add(&p->references, 1, __ATOMIC_RELAXED);
  else
    ++p->references;
}

inline void release(payload* p) noexcept {
  if (detail::payloads_are_shared) [[unlikely]] {
    // acq_rel: the last owner must see all that the others did with the payload before it frees it
    if (__atomic_sub_fetch(&p->references, 1, __ATOMIC_ACQ_REL) == 0) destroy(p);
  } else if (--p->references == 0) {
    destroy(p);
  }
}

// True if the caller holds the only reference: it may then take the payload apart instead of copying it.
inline bool is_unique(const payload* p) noexcept {
  // acquire: pairs with the release of the other owners' decrements
  return __atomic_load_n(&p->references, __ATOMIC_ACQUIRE) == 1;
}

}  // namespace nevaperf::runtime
