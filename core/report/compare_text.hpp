// A comparison as text for people: the verdict first, then what has changed, then how much has not.
//
// Results and doubts are apart: standard output and standard error. Thread safety: pure functions.
#pragma once

#include <string>

#include "core/compare/comparison.hpp"

namespace nevaperf::report {

struct compare_text_options {
  bool colour = false;
  bool all = false;      // a line for every row
  bool explain = false;  // how each shown verdict came about
};

[[nodiscard]] std::string compare_text(const compare::comparison& data,
                                       const compare_text_options& how);

// The warnings, each with its next step; those of rows once for all rows that have them. Empty if
// there are none.
[[nodiscard]] std::string compare_doubts(const compare::comparison& data, bool colour);

}  // namespace nevaperf::report
