// A comparison as text for people: the verdict first, then what has changed, then how much has not.
//
// Results and doubts are apart: standard output and standard error. Thread safety: pure functions.
#pragma once

#include <string>

#include "core/compare/comparison.hpp"
#include "core/report/terminal_text.hpp"

namespace nevaperf::report {

struct compare_text_options {
  bool colour = false;
  bool all = false;      // a line for every row
  bool explain = false;  // how each shown verdict came about
};

[[nodiscard]] std::string compare_text(const compare::comparison& data,
                                       const compare_text_options& how);
// As that of its one comparison if it is plain; else a table for each group and unit, in it the
// first column and each later one with its change.
[[nodiscard]] std::string compare_text(const compare::comparison_set& data,
                                       const compare_text_options& how);

// The warnings, each with its next step; those of rows once for all rows that have them, those of
// comparisons once for all columns. Empty if there are none.
[[nodiscard]] std::string compare_doubts(const compare::comparison& data, bool colour);
[[nodiscard]] std::string compare_doubts(const compare::comparison_set& data, bool colour);

[[nodiscard]] style style_of(compare::verdict what);

}  // namespace nevaperf::report
