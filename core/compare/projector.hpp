// Files -> groups of columns, as a projection says: values that fall into one row of one column are
// samples of one benchmark.
//
// Thread safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/compare/projection.hpp"
#include "core/formats/recording.hpp"

namespace nevaperf::compare {

struct projected_input {
  std::string label;
  std::size_t column = 0;  // files of one column are taken together
  formats::recording data;
};

struct projected_column {
  std::string label;
  formats::recording data;
};

struct projected_group {
  std::vector<std::pair<std::string, std::string>> keys;
  std::vector<projected_column> columns;  // the same labels in every group
};

// An error if a key is nowhere in the files. Values that differ in what is neither shown nor
// ignored are taken together with a warning.
[[nodiscard]] base::result<std::vector<projected_group>> project(
    std::vector<projected_input> inputs, const projection& how);

}  // namespace nevaperf::compare
