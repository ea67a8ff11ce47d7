// The storage of a list: elements of one scalar kind, or messages.
//
// Invariants: never empty (the empty list has no payload); a view never has a view as its owner;
// messages in a list are never `none`.
//
// Thread safety: as payload.hpp says.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/message/message.hpp"

namespace nevaperf::runtime {

enum class element : std::uint8_t { boolean, integer, floating, general };

constexpr std::size_t bytes_of(element e) {
  return e == element::boolean ? 1 : e == element::general ? sizeof(message) : 8;
}

// A list owns its elements, which follow, or is a view of a part of an owner's.
struct list_payload : payload {
  list_payload(element e, std::size_t n) : payload(payload_type::list), elements(e), size(n) {}

  [[nodiscard]] bool is_view() const { return owner != nullptr; }
  template <class T>
  [[nodiscard]] const T* as() const {
    return static_cast<const T*>(data);
  }

  element elements;  // lies in the padding of the base
  std::size_t size;
  std::size_t capacity = 0;       // of an owner, in elements
  list_payload* owner = nullptr;  // of a view, counted
  void* data = nullptr;
};

inline message element_at(const list_payload& l, std::size_t index) {
  switch (l.elements) {
    case element::boolean:
      return message::boolean(l.as<bool>()[index]);
    case element::integer:
      return message::integer(l.as<std::int64_t>()[index]);
    case element::floating:
      return message::floating(l.as<double>()[index]);
    case element::general:
      break;
  }
  return l.as<message>()[index];
}

}  // namespace nevaperf::runtime
