// The rows of one group of comparisons, each with the first column and all later ones: what the
// text and the Markdown report of several columns share.
//
// Thread safety: pure functions. The comparisons must outlive the rows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/compare/comparison.hpp"

namespace nevaperf::report {

struct set_row {
  std::string name;
  std::optional<compare::side> base;       // of the first column
  std::vector<const compare::row*> later;  // beside the comparisons; nullptr: nothing there
};

struct set_unit {
  std::string unit;
  std::vector<set_row> shown;
  std::size_t same = 0;    // rows without a line, in which no column has changed
  std::size_t unsure = 0;  // likewise, some of them undecided
  std::vector<const compare::geomean*> means;  // beside the comparisons; nullptr: there is none
};

// The comparisons of each group.
[[nodiscard]] std::vector<std::span<const compare::comparison>> groups_of(
    const compare::comparison_set& data);

// Rows with a change in some column are shown; the others too if `all` is asked for or there are
// few.
[[nodiscard]] std::vector<set_unit> units_of(std::span<const compare::comparison> group, bool all);

// "goos=linux pkg=example.org/p"; empty if the comparison is of no group.
[[nodiscard]] std::string group_text(const compare::comparison& one);

// "b against a: 1 slower, 2 same", a line for each comparison of the group.
[[nodiscard]] std::vector<std::string> summary_lines(std::span<const compare::comparison> group);

}  // namespace nevaperf::report
