// What makes a row, a column and a group of a comparison, in benchstat's language:
//
//   keys = part { [","] part }      part = key [ "@" order ]
//   order = "alpha" | "num" | "first" | "(" word { word } ")"      a list keeps no other value
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"

namespace nevaperf::compare {

enum class key_order { first_seen, alphabetic, numeric, fixed };

struct projected_key {
  std::string name;
  key_order order = key_order::first_seen;
  std::vector<std::string> values;  // of a fixed order
};

struct projection {
  std::vector<projected_key> groups;  // empty: one group
  std::vector<projected_key> rows = {{".fullname", key_order::first_seen, {}}};
  std::vector<projected_key> columns = {{".file", key_order::first_seen, {}}};
  std::vector<std::string> ignored;
  bool is_default = true;  // one column for each file, one row for each name
};

[[nodiscard]] base::result<std::vector<projected_key>> parse_keys(std::string_view text);

// The order of two values: "2k" before "10k", "1Ki" before "1100"; what is no number last.
[[nodiscard]] bool numeric_less(std::string_view one, std::string_view other);

}  // namespace nevaperf::compare
