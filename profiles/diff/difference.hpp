// What two sets of profiles differ in, function by function, and what of it is noise.
//
// flat and cumulative as in profiles/render/text_views.hpp. Values are normalised (aligned.hpp);
// several runs of a side give their mean. p-values are adjusted over all functions at once
// (Benjamini-Hochberg): of what is called a change, 1 - confidence is wrong on average.
// Thread safety: pure functions over values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "profiles/diff/aligned.hpp"
#include "profiles/diff/bounds.hpp"

namespace nevaperf::profiles {

// Where the intervals come from.
enum class bounds_from {
  counts,   // one run on a side: Poisson bounds from the numbers of samples
  runs,     // several runs a side: how much they differ
  nothing,  // one run, and no number of samples: no interval, every difference is shown
};

struct compared_value {
  double old_value = 0;
  double new_value = 0;
  bounded_change by;  // p adjusted
  bool is_change = false;
};

struct function_difference {
  frame function;
  compared_value flat;
  compared_value cumulative;

  [[nodiscard]] bool vanished() const {
    return cumulative.old_value != 0 && cumulative.new_value == 0;
  }
  [[nodiscard]] bool fresh() const {
    return cumulative.old_value == 0 && cumulative.new_value != 0;
  }
  [[nodiscard]] bool is_change() const { return flat.is_change || cumulative.is_change; }
};

struct difference {
  std::string type;
  std::string unit;
  basis by = basis::recorded;
  bounds_from bounds = bounds_from::counts;
  double confidence = 0;
  std::size_t old_runs = 0;
  std::size_t new_runs = 0;
  double old_recorded = 0;  // mean totals before they were normalised
  double new_recorded = 0;
  compared_value total;
  // Changes first, by their size: flat where that is the change, else cumulative.
  std::vector<function_difference> functions;
  std::vector<model::warning> doubts;

  [[nodiscard]] std::size_t changes() const;
};

inline constexpr double default_confidence = 0.95;

[[nodiscard]] difference find_difference(const aligned_sides& sides,
                                         double confidence = default_confidence);

// The largest growth that is a change, as a share of the old total, with whose it is (empty: of the
// total itself). Nothing if nothing grew.
struct growth {
  std::string function;
  double share = 0;
};
[[nodiscard]] std::optional<growth> largest_growth(const difference& d);

}  // namespace nevaperf::profiles
