// Recordings -> comparisons: scenarios matched by name, units by name, every pair judged.
//
// Thread safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/compare/comparison.hpp"
#include "core/formats/recording.hpp"

namespace nevaperf::compare {

struct labelled {
  std::string label;
  const formats::recording& data;
};

struct column_group {
  std::vector<std::pair<std::string, std::string>> keys;  // that its values have in common
  std::vector<labelled> columns;                          // the same ones in every group
};

// An error if the two have no scenario and unit in common: nothing compared must never look like
// nothing changed.
[[nodiscard]] base::result<comparison> compare_recordings(const labelled& old_side,
                                                          const labelled& new_side,
                                                          const options& how);

// Every later column against the first one of its group. Columns with nothing in common get a
// warning; it is an error if none have anything in common, or if there are fewer than two columns.
[[nodiscard]] base::result<comparison_set> compare_columns(std::span<const column_group> groups,
                                                           const options& how);

}  // namespace nevaperf::compare
