// Structs of two fields, as streams carry them: `{key, value}`, `{idx, item}`.
//
// Thread safety: pure functions.
#pragma once

#include <string_view>
#include <utility>

#include "runtime/message/structure.hpp"

namespace nevaperf::runtime {

// The names must be in byte order: values come in that order.
inline const shape* pair_shape(std::string_view first, std::string_view second) {
  const atom fields[] = {atom::intern(first), atom::intern(second)};
  return shape::intern(fields);
}

inline message make_pair(const shape* form, message first, message second) {
  message values[] = {std::move(first), std::move(second)};
  return make_structure(form, values);
}

}  // namespace nevaperf::runtime
