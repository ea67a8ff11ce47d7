// Structs: immutable named fields. The names live in a shape that all structs of one form share, so a field is found once
// a shape and then addressed by its slot.
//
// Thread safety: shapes are interned for the life of the process; `intern` may be called by any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "runtime/message/message.hpp"

namespace nevaperf::runtime {

class shape {
 public:
  // The shape with these fields (any order, no name twice): one object for each set of names. Fields are kept
  // sorted by the bytes of their names, so slot order is text order.
  static const shape* intern(std::span<const atom> fields);

  [[nodiscard]] std::span<const atom> fields() const { return fields_; }
  [[nodiscard]] std::optional<std::size_t> slot_of(atom field) const;

 private:
  std::vector<atom> fields_;
};

// `values` in the order of `s->fields()`; they are moved from. One allocation.
message make_structure(const shape* s, std::span<message> values);
message empty_structure();
[[nodiscard]] const shape* shape_of(const message& structure);
[[nodiscard]] const message& field_at(const message& structure, std::size_t slot);  // slot < fields().size()

}  // namespace nevaperf::runtime
