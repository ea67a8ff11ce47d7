// The pure data of a comparison: two recordings side by side, a verdict for each scenario and unit.
//
// Values are in base units (seconds, bytes). Thread safety: values; share nothing.
// Invariants: a row has at least one side; ratio and ci are there only if both sides are, and are
// new/old; p_adjusted is there exactly if p is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/metric.hpp"
#include "core/model/warning.hpp"

namespace nevaperf::compare {

inline constexpr const char* compare_schema = "nevaperf.compare/1";

enum class verdict {
  slower,  // worse beyond the margin: more of a cost, less of a rate
  faster,  // better beyond the margin
  same,    // the interval of the ratio lies within the margin
  unsure,  // none of these is shown
  only_old,
  only_new,
};

[[nodiscard]] const char* to_text(verdict what);  // as in JSON: "only_old"

struct options {
  double confidence = 0.95;      // of the intervals
  double alpha = 0.05;           // level of the corrected tests
  double margin = 0.01;          // share of the old value that does not matter
  bool across_machines = false;  // judge times of different machines all the same
};

struct side {
  double median = 0;
  model::interval ci;  // of the median
  std::uint64_t n = 0;
};

struct row {
  std::string name;
  std::string unit;
  std::optional<side> old_side;
  std::optional<side> new_side;
  std::optional<double> ratio;  // Hodges-Lehmann; of the values themselves if method is "exact"
  std::optional<model::interval> ci;  // of the ratio
  std::optional<double> p;            // Mann-Whitney, two-sided
  std::optional<double> p_adjusted;   // Benjamini-Hochberg over all rows that have a p
  std::string method;                 // "exact", "mann-whitney", or empty if only one side is there
  verdict what = verdict::unsure;
  // unsure: about how many samples a side would settle it, if it can be said
  std::optional<std::uint64_t> samples_needed;
  std::vector<model::warning> warnings;
};

struct geomean {
  std::string unit;
  double old_value = 0;
  double new_value = 0;
  double ratio = 1;
  std::uint64_t rows = 0;  // that are in it: on both sides, with medians above 0
};

struct comparison {
  std::string old_label;
  std::string new_label;
  options how;
  std::uint64_t family = 0;       // tests that were corrected together
  std::vector<row> rows;          // by unit, within it in the order of the old side; then only_new
  std::vector<geomean> geomeans;  // of units with at least one row in it
  std::vector<model::warning> warnings;

  [[nodiscard]] std::uint64_t count(verdict what) const;
};

}  // namespace nevaperf::compare
