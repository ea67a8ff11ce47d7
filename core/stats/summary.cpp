#include "core/stats/summary.hpp"

#include <algorithm>
#include <cmath>

namespace nevaperf::stats {

std::optional<summary> summarize(std::vector<double> values, double confidence) {
  if (values.empty()) return std::nullopt;
  if (!std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); })) {
    return std::nullopt;
  }
  std::sort(values.begin(), values.end());
  // Divided before they are added: the sum of large values could overflow.
  const auto n = static_cast<double>(values.size());
  double mean = 0;
  for (const double value : values) mean += value / n;
  return summary{.n = values.size(),
                 .smallest = values.front(),
                 .lower_quartile = *quantile(values, 0.25),
                 .median = *median(values),
                 .upper_quartile = *quantile(values, 0.75),
                 .largest = values.back(),
                 .mean = mean,
                 .interval = *interval_of_median(values, confidence)};
}

}  // namespace nevaperf::stats
