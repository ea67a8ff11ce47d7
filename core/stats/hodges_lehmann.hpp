// By which factor do two sets of samples differ? The Hodges-Lehmann estimate on the log scale.
//
// The estimate is the median of all n_old * n_new ratios new/old; its interval is bounded by the
// ratios at the ranks that the Mann-Whitney test does not reject (Hodges, Lehmann 1963; Lehmann:
// Nonparametrics, 2.3), so that interval and test agree. It covers the factor with at least the
// asked confidence if one distribution is a multiple of the other, whatever its shape; beyond
// mann_whitney_exact_limit samples a side the ranks come from the normal approximation. Assumed:
// independent samples. Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace nevaperf::stats {

struct ratio_estimate {
  double ratio = 1;  // new / old
  double low = 1;
  double high = 1;
  double confidence = 0;  // what the interval really has
  // Too few samples for the confidence asked for: the interval is the smallest to the largest
  // ratio.
  bool is_range = false;
};

// Samples in any order. Nothing if a side has none or a sample is not positive and finite, which
// leaves no ratio.
[[nodiscard]] std::optional<ratio_estimate> hodges_lehmann_ratio(std::vector<double> old_samples,
                                                                 std::vector<double> new_samples,
                                                                 double confidence);

// The rank (from 0) of x - y among all pairs, exactly, without making the pairs: ascending values
// in, memory O(1), time O((n + m) * 64).
[[nodiscard]] double ranked_difference(std::span<const double> sorted_x,
                                       std::span<const double> sorted_y, std::size_t rank);

}  // namespace nevaperf::stats
