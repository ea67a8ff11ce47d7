// The pure data of a comparison: two recordings side by side, a verdict for each scenario and unit.
//
// Values are in base units (seconds, bytes). Thread safety: values; share nothing.
// Invariants: a row has at least one side, unless it was not measured; ratio and ci are there only if both sides are, and are
// new/old; p_adjusted is there exactly if p is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
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
  double confidence = 0.95;  // of the intervals
  // A change is shown, and not "~", if its corrected p is at most alpha. `slower` and `faster` ask
  // for verdict_alpha: of all comparisons of identical code no more than that share has one.
  double alpha = 0.05;
  double verdict_alpha = 0.01;
  double margin = 0.01;          // share of the old value that does not matter
  bool across_machines = false;  // judge times of different machines all the same
};

// How the numbers came about, by the names that the JSON has.
struct methods {
  std::string test = "mann-whitney";
  std::string correction = "benjamini-hochberg";
  std::string ratio = "hodges-lehmann";
  std::string median_interval = "order-statistic";
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
  std::optional<double> ratio;  // by methods::ratio; of the values themselves if method is "exact"
  std::optional<model::interval> ci;  // of the ratio
  std::optional<double> p;            // by methods::test, two-sided
  std::optional<double> p_adjusted;   // by methods::correction over all rows that have a p
  std::string method;                 // "exact", methods::test, or empty if only one side is there
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
  // What all of it has in common, of a comparison that was grouped: {"goos", "linux"}.
  std::vector<std::pair<std::string, std::string>> group;
  options how;
  methods by;
  std::uint64_t family = 0;       // tests that were corrected together
  std::vector<row> rows;          // by unit, within it in the order of the old side; then only_new
  std::vector<geomean> geomeans;  // of units with at least one row in it
  std::vector<model::warning> warnings;

  [[nodiscard]] std::uint64_t count(verdict what) const;
};

// Several columns, each but the first compared with the first; by groups if there are some.
// Invariants: each group has columns.size() - 1 comparisons, in the order of the columns; all tests
// are one family.
struct comparison_set {
  std::vector<std::string> columns;  // labels
  bool is_grouped = false;
  std::vector<comparison> all;
  std::vector<model::warning> warnings;  // of the inputs

  [[nodiscard]] std::uint64_t count(verdict what) const;
  // One plain comparison: nothing would be lost by showing that alone.
  [[nodiscard]] bool is_plain() const { return !is_grouped && all.size() == 1; }
};

}  // namespace nevaperf::compare
