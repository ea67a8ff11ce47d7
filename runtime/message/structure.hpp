// Structs: immutable named fields. The names live in a shape that all structs of one form share, so
// a field is found once a shape and then addressed by its slot.
//
// Thread safety: shapes are interned for the life of the process; `intern` may be called by any
// thread.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "runtime/message/message.hpp"

namespace nevaperf::runtime {

class shape {
 public:
  // The shape with these fields (any order, no name twice): one object for each set of names.
  // Fields are kept sorted by the bytes of their names, so slot order is text order.
  static const shape* intern(std::span<const atom> fields);
  static const shape* empty();

  [[nodiscard]] std::span<const atom> fields() const { return fields_; }
  [[nodiscard]] std::optional<std::size_t> slot_of(atom field) const;

 private:
  explicit shape(std::vector<atom> sorted_by_name);

  std::vector<atom> fields_;
  std::vector<std::pair<atom, std::uint32_t>> slots_by_id_;  // only of wide shapes
};

// The values follow, in the order of `form->fields()`; at least one.
struct structure_payload : payload {
  explicit structure_payload(const shape* s) : payload(payload_type::structure), form(s) {}
  [[nodiscard]] message* values() { return reinterpret_cast<message*>(this + 1); }
  [[nodiscard]] const message* values() const { return reinterpret_cast<const message*>(this + 1); }
  const shape* form;
};

// `values` in the order of `s->fields()`; they are moved from. One allocation.
message make_structure(const shape* s, std::span<message> values);
inline message empty_structure() {
  return message::empty(kind::structure);
}

[[nodiscard]] inline const shape* shape_of(const message& structure) {
  assert(structure.is(kind::structure));
  const payload* p = structure.shared_payload();
  return p ? static_cast<const structure_payload*>(p)->form : shape::empty();
}

[[nodiscard]] inline const message& field_at(const message& structure, std::size_t slot) {
  assert(structure.is(kind::structure) && slot < shape_of(structure)->fields().size());
  return static_cast<const structure_payload*>(structure.shared_payload())->values()[slot];
}

}  // namespace nevaperf::runtime
