// One-look description of a set of samples.
//
// Units: those of the samples. Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/stats/order_statistics.hpp"

namespace nevaperf::stats {

struct summary {
  std::size_t n = 0;
  double smallest = 0;
  double lower_quartile = 0;
  double median = 0;
  double upper_quartile = 0;
  double largest = 0;
  double mean = 0;
  median_interval interval;  // of the median
};

// Values in any order. Nothing if there are none or one is not finite.
[[nodiscard]] std::optional<summary> summarize(std::vector<double> values, double confidence);

}  // namespace nevaperf::stats
