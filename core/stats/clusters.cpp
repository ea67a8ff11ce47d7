#include "core/stats/clusters.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace nevaperf::stats {

namespace {

struct critical {
  double n;
  double share;
};

constexpr std::array critical_shares = {
    critical{6, 0.9875}, critical{7, 0.981},  critical{8, 0.973},   critical{10, 0.960},
    critical{12, 0.948}, critical{15, 0.927}, critical{20, 0.904},  critical{30, 0.876},
    critical{50, 0.847}, critical{75, 0.833}, critical{100, 0.821},
};

// Between the rows by a straight line; beyond the last one it stays, which is conservative.
double critical_share(std::size_t count) {
  const auto n = static_cast<double>(count);
  for (std::size_t i = 1; i < critical_shares.size(); ++i) {
    const critical& low = critical_shares[i - 1];
    const critical& high = critical_shares[i];
    if (n <= high.n) return low.share + (high.share - low.share) * (n - low.n) / (high.n - low.n);
  }
  return critical_shares.back().share;
}

}  // namespace

std::optional<two_groups> find_two_groups(std::vector<double> values) {
  const std::size_t n = values.size();
  if (n < least_for_groups) return std::nullopt;
  std::sort(values.begin(), values.end());
  const auto count = static_cast<double>(n);
  double sum = 0;
  for (const double value : values) sum += value;
  const double mean = sum / count;
  double scatter = 0;
  for (const double value : values) scatter += (value - mean) * (value - mean);
  if (!(scatter > 0)) return std::nullopt;

  const std::size_t least = std::max<std::size_t>(2, (n + 7) / 8);
  two_groups best;
  double best_share = 0;
  double low_sum = 0;
  for (std::size_t k = 1; k + least <= n; ++k) {
    low_sum += values[k - 1];
    if (k < least) continue;
    const auto low_count = static_cast<double>(k);
    const double low_mean = low_sum / low_count;
    const double high_mean = (sum - low_sum) / (count - low_count);
    const double between = low_count * (low_mean - mean) * (low_mean - mean) +
                           (count - low_count) * (high_mean - mean) * (high_mean - mean);
    if (between / scatter <= best_share) continue;
    best_share = between / scatter;
    best = {.low_count = k, .high_count = n - k, .low_mean = low_mean, .high_mean = high_mean};
  }
  return best_share > critical_share(n) ? std::optional(best) : std::nullopt;
}

}  // namespace nevaperf::stats
