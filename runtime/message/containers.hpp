// The payloads of dicts and nested unions, for the sources of this folder; boxes also for the
// variant of port/message_form.hpp.
//
// Invariants: a payload is never empty (empty containers have none); the messages of a container
// are never `none`.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/message/message.hpp"

namespace nevaperf::runtime {

// A union inside a union.
struct boxed_payload : payload {
  explicit boxed_payload(message m) : payload(payload_type::boxed), inner(std::move(m)) {}
  message inner;
};

struct dict_entry {
  message key;  // a string that is inline if it can be
  message value;
};
static_assert(sizeof(dict_entry) == 2 * sizeof(message));

// Entries sorted by key follow, then the slots of the hash table (see dict.cpp).
struct dict_payload : payload {
  explicit dict_payload(std::size_t n) : payload(payload_type::dict), size(n) {}

  [[nodiscard]] dict_entry* entries() { return reinterpret_cast<dict_entry*>(this + 1); }
  [[nodiscard]] const dict_entry* entries() const {
    return reinterpret_cast<const dict_entry*>(this + 1);
  }
  [[nodiscard]] std::uint32_t* slots() {
    return reinterpret_cast<std::uint32_t*>(entries() + size);
  }
  [[nodiscard]] const std::uint32_t* slots() const {
    return reinterpret_cast<const std::uint32_t*>(entries() + size);
  }

  std::uint8_t index_bits = 0;  // of a slot; lies in the padding of the base
  std::uint64_t slot_mask = 0;  // number of slots - 1; 0: no table, search the sorted keys
  std::size_t size;
};

}  // namespace nevaperf::runtime
