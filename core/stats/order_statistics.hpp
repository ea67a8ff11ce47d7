// Median, quantiles, and the confidence interval of a median that assumes nothing about the
// distribution.
//
// The number of samples below the true median is binomial(n, 1/2), so the interval between the k-th
// smallest and the k-th largest sample covers the median with 1 - 2 P(B <= k-1), exactly if the
// distribution is continuous and at least so if values tie (Hahn, Meeker: Statistical
// Intervals, 5.2). Assumed: independent samples, which slices of one process are not. Units: those
// of the samples. `sorted` means ascending and finite; the caller sees to it. Thread safety: pure
// functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace nevaperf::stats {

// Linear between the order statistics (Hyndman, Fan 1996: type 7, as R and NumPy do it). 0 <= q <=
// 1; nothing if there are no samples.
[[nodiscard]] std::optional<double> quantile(std::span<const double> sorted, double q);
[[nodiscard]] std::optional<double> median(std::span<const double> sorted);

struct median_interval {
  double low = 0;
  double high = 0;
  // What the interval really has: at least what was asked for, unless is_range.
  double confidence = 0;
  // The ranks that bound it, from 1: low is the low_rank-th smallest sample.
  std::size_t low_rank = 0;
  std::size_t high_rank = 0;
  // Too few samples for the confidence asked for: the interval is smallest to largest, and has
  // less.
  bool is_range = false;
};

// The narrowest symmetric interval with at least `confidence` (0 < confidence < 1); nothing if
// there are no samples.
[[nodiscard]] std::optional<median_interval> interval_of_median(std::span<const double> sorted,
                                                                double confidence);

// The interval of `confidence` between the order statistics (Hettmansperger, Sheather 1986): the
// one above is wider than asked for where ranks are coarse, 99.2% instead of 95% at 8 samples. This
// one weights the two neighbouring pairs of ranks; its confidence is approximate, close for every
// distribution that is continuous around its median. low_rank and high_rank are those of the outer
// pair. Under samples_needed() it is the range.
[[nodiscard]] std::optional<median_interval> interpolated_interval_of_median(
    std::span<const double> sorted, double confidence);

// The fewest samples with which interval_of_median reaches `confidence`: 6 for 95%, 8 for 99%.
[[nodiscard]] std::size_t samples_needed(double confidence);

}  // namespace nevaperf::stats
