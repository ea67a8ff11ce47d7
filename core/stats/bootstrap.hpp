// The bias-corrected and accelerated bootstrap interval (BCa; Efron 1987) of any statistic.
//
// For statistics without an exact interval: means, ratios of sums, quantiles away from the middle.
// For a median order_statistics.hpp is exact and better. The interval is only approximate, and too
// narrow under about 20 samples. The same seed gives the same interval on every machine. Assumed:
// independent samples. Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace nevaperf::stats {

// May reorder what it is given.
using statistic = std::function<double(std::span<double>)>;

struct bootstrap_options {
  double confidence = 0.95;
  std::size_t resamples = 10'000;
  std::uint64_t seed = 1;
};

struct bootstrap_interval {
  double estimate = 0;
  double low = 0;
  double high = 0;
};

// Nothing if there are fewer than two samples or the statistic of a resample is not finite.
[[nodiscard]] std::optional<bootstrap_interval> bca_interval(std::span<const double> samples,
                                                             const statistic& of,
                                                             const bootstrap_options& options);

}  // namespace nevaperf::stats
