// The nine kinds of values, as Neva has them, and `none` for "no message".
#pragma once

#include <cstdint>
#include <string_view>

namespace nevaperf::runtime {

enum class kind : std::uint8_t {
  none,
  boolean,
  integer,   // 64 bits, wraps on overflow
  floating,  // IEEE double
  string,    // bytes that are text, UTF-8 by convention
  bytes,
  list,
  dict,       // string keys
  structure,  // named fields
  tagged,     // a union: a tag, with or without data
};

// The name that users see: "bool", "int", "float", "string", "bytes", "list", "dict", "struct",
// "union".
std::string_view name_of(kind k);

}  // namespace nevaperf::runtime
