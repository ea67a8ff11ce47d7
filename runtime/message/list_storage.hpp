// Making and filling the storage of lists, for list.cpp and list_builder.cpp.
//
// Thread safety: none; the storage that is filled has one owner.
#pragma once

#include <cstddef>

#include "runtime/message/list_payload.hpp"

namespace nevaperf::runtime {

element element_of(kind k);

// An owner without elements yet; `capacity` at least 1.
list_payload* new_list(element e, std::size_t capacity);

// True if `l` may be filled further: an owner with a single reference.
inline bool is_extensible(const list_payload* l) {
  return !l->is_view() && is_unique(l);
}

// Adds to the end of an extensible list. Returns it, possibly moved and with another type of
// elements; `l` is no longer valid then. Amortised constant time an element.
[[nodiscard]] list_payload* add_element(list_payload* l, message&& m);
// `from` + `count` <= source.size; `source` must not be `l`.
[[nodiscard]] list_payload* add_elements(list_payload* l, const list_payload& source,
                                         std::size_t from, std::size_t count);

}  // namespace nevaperf::runtime
