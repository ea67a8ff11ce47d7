#include "core/stats/trend.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/stats/order_statistics.hpp"

namespace nevaperf::stats {

namespace {

int sign_of(double value) {
  return value > 0 ? 1 : value < 0 ? -1 : 0;
}

// Of Kendall's sum under no trend.
double variance_of(std::vector<double> values) {
  const auto term = [](double n) { return n * (n - 1) * (2 * n + 5); };
  std::sort(values.begin(), values.end());
  double sum = term(static_cast<double>(values.size()));
  for (auto first = values.begin(); first != values.end();) {
    const auto last = std::upper_bound(first, values.end(), *first);
    sum -= term(static_cast<double>(last - first));
    first = last;
  }
  return sum / 18;
}

}  // namespace

std::optional<trend_result> common_trend(std::span<const std::vector<double>> series) {
  double sum = 0;
  double variance = 0;
  std::vector<double> slopes;
  for (const std::vector<double>& values : series) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      for (std::size_t j = i + 1; j < values.size(); ++j) {
        const double rise = values[j] - values[i];
        sum += sign_of(rise);
        slopes.push_back(rise / static_cast<double>(j - i));
      }
    }
    variance += variance_of(values);
  }
  if (slopes.empty()) return std::nullopt;
  std::sort(slopes.begin(), slopes.end());
  trend_result out{.p = 1, .slope = *median(slopes)};
  if (variance > 0 && sum != 0) {
    const double z = (std::fabs(sum) - 1) / std::sqrt(variance);
    out.p = std::erfc(z / std::numbers::sqrt2);
  }
  return out;
}

}  // namespace nevaperf::stats
