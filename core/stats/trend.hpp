// Is there a trend common to several series, such as the slices of several processes?
//
// Mann-Kendall's test in each series, summed over the series, which may differ in level (Hirsch,
// Slack, Smith 1982, the "seasonal" test); normal approximation with corrections for ties and
// continuity, conservative for few values. The size of the trend is the median of all slopes inside
// a series (Theil-Sen). Assumed: without a trend every order of a series' values is equally likely.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace nevaperf::stats {

struct trend_result {
  double p = 1;      // two-sided
  double slope = 0;  // from one value to the next
};

// Series of finite values in their order; those of one value tell nothing. Nothing if all do.
[[nodiscard]] std::optional<trend_result> common_trend(std::span<const std::vector<double>> series);

}  // namespace nevaperf::stats
