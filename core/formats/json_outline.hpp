// What a JSON text is about, without reading all of it into memory.
//
// Thread safety: pure functions.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace nevaperf::formats {

struct json_outline {
  std::set<std::string> keys;  // of the outermost object, as far as the text is whole
  std::string schema;          // the text of its member "schema"

  [[nodiscard]] bool has(const std::string& key) const { return keys.contains(key); }
};

// Never fails: of a broken text it gives what comes before the fault.
[[nodiscard]] json_outline outline_of(std::string_view text);

// The error that parse_json would give, without making the document.
[[nodiscard]] base::result<void> check_json(std::string_view text);

}  // namespace nevaperf::formats
