#include "core/stats/autocorrelation.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include "core/stats/ranks.hpp"

namespace nevaperf::stats {

std::optional<autocorrelation_result> rank_autocorrelation(std::span<const double> series) {
  if (series.size() < least_for_autocorrelation) return std::nullopt;
  std::vector<double> ranks;
  for (const std::uint64_t doubled : rank_values(series).doubled) {
    ranks.push_back(static_cast<double>(doubled) / 2);
  }
  const auto n = static_cast<double>(ranks.size());
  const double middle = (n + 1) / 2;
  double steps = 0;
  double scatter = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    scatter += (ranks[i] - middle) * (ranks[i] - middle);
    if (i > 0) steps += (ranks[i] - ranks[i - 1]) * (ranks[i] - ranks[i - 1]);
  }
  if (!(scatter > 0)) return std::nullopt;
  const double ratio = steps / scatter;
  const double variance =
      4 * (n - 2) * (5 * n * n - 2 * n - 9) / (5 * n * (n + 1) * (n - 1) * (n - 1));
  const double z = (ratio - 2) / std::sqrt(variance);
  return autocorrelation_result{.ratio = ratio, .p = std::erfc(-z / std::numbers::sqrt2) / 2};
}

}  // namespace nevaperf::stats
