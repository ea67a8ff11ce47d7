// The parts of a comparison's rows as text, and which rows are worth a line; shared by the text and
// the Markdown report.
//
// Thread safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/compare/comparison.hpp"

namespace nevaperf::report {

// Up to so many rows all have a line.
inline constexpr std::size_t few_rows = 20;

// "2 slower, 130 same, 7 unsure"; verdicts that nothing has are left out.
[[nodiscard]] std::string verdict_counts(const compare::comparison& data);
[[nodiscard]] std::string verdict_counts(const compare::comparison_set& data);
// Of the unit; nullptr if there is none.
[[nodiscard]] const compare::geomean* geomean_of(const compare::comparison& data,
                                                 const std::string& unit);
// "threshold ±1%, 95% intervals, 150 tests corrected after Benjamini-Hochberg"
[[nodiscard]] std::string method_text(const compare::comparison& data);

[[nodiscard]] std::string side_text(const std::optional<compare::side>& side,
                                    const std::string& unit);                     // "12.3 ns"
[[nodiscard]] std::string spread_text(const std::optional<compare::side>& side);  // "±2%"
// "+4.1%", "~" if the row shows no difference
[[nodiscard]] std::string change_text(const compare::row& row, const compare::options& how);
[[nodiscard]] std::string interval_text(const compare::row& row);  // "-0.3% ... +5.5%"
[[nodiscard]] std::string p_text(const compare::row& row);         // "0.004", "<0.001", "exact"
[[nodiscard]] std::string n_text(const compare::row& row);         // "10", "10+9"
// Why the verdict is as it is, one sentence.
[[nodiscard]] std::string explanation(const compare::row& row, const compare::options& how);

struct unit_rows {
  std::string unit;
  std::vector<const compare::row*> shown;   // with a line of its own, the worst first
  std::vector<const compare::row*> unsure;  // without one
  std::size_t same = 0;                     // without one
};

// Slower and faster rows are shown; the others too if `all` is asked for or there are few.
[[nodiscard]] std::vector<unit_rows> by_unit(const compare::comparison& data, bool all);

// The names of the scenarios that have the verdict in any unit, each once.
[[nodiscard]] std::vector<std::string> names_with(const compare::comparison& data,
                                                  compare::verdict what);

// The import path that all names start with ("example.org/team/"), empty if there is none: it would
// fill every line.
[[nodiscard]] std::string shared_path(const compare::comparison& data);

// "hop, ring, pipe and 12 more"
[[nodiscard]] std::string some_names(std::span<const std::string> names);

}  // namespace nevaperf::report
