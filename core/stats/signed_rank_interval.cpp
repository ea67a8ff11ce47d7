#include "core/stats/signed_rank_interval.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <map>
#include <vector>

#include "core/stats/wilcoxon.hpp"

namespace nevaperf::stats {

namespace {

// P(rank sum <= most) of n differences without ties, for most = 0, 1, ...
const std::vector<double>& cumulative(std::size_t n) {
  static thread_local std::map<std::size_t, std::vector<double>> known;
  std::vector<double>& out = known[n];
  if (!out.empty()) return out;
  out.assign(n * (n + 1) / 2 + 1, 0.0);
  out[0] = 1;
  for (std::size_t rank = 1; rank <= n; ++rank) {
    for (std::size_t sum = out.size(); sum-- > 0;) {
      out[sum] = (out[sum] + (sum >= rank ? out[sum - rank] : 0.0)) / 2;
    }
  }
  for (std::size_t sum = 1; sum < out.size(); ++sum) out[sum] += out[sum - 1];
  return out;
}

struct cut {
  std::size_t from_end = 1;  // 1: the outermost average
  double confidence = 0;
  bool is_range = false;
};

cut exact_cut(std::size_t n, double tail) {
  const std::vector<double>& below = cumulative(n);
  // One beyond the largest sum whose tail is small enough.
  const auto first_beyond = std::upper_bound(below.begin(), below.end(), tail);
  const auto fits = static_cast<std::size_t>(first_beyond - below.begin());
  const std::size_t used = std::max<std::size_t>(fits, 1);
  return {used, std::max(0.0, 1 - 2 * below[used - 1]), fits == 0};
}

cut normal_cut(std::size_t count, double tail) {
  const auto n = static_cast<double>(count);
  const double spread = std::sqrt(n * (n + 1) * (2 * n + 1) / 24);
  const boost::math::normal_distribution<double> normal;
  const double z = boost::math::quantile(complement(normal, tail));
  const double place = std::floor(n * (n + 1) / 4 - z * spread + 0.5);
  return {static_cast<std::size_t>(std::max(place, 1.0)), 1 - 2 * tail, false};
}

double at(std::vector<double>& values, std::size_t place) {
  const auto wanted = values.begin() + static_cast<std::ptrdiff_t>(place);
  std::nth_element(values.begin(), wanted, values.end());
  return *wanted;
}

}  // namespace

std::optional<center_interval> interval_of_center(std::span<const double> differences,
                                                  double confidence) {
  const std::size_t n = differences.size();
  if (n == 0) return std::nullopt;
  std::vector<double> averages;
  averages.reserve(n * (n + 1) / 2);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      averages.push_back(differences[i] / 2 + differences[j] / 2);
    }
  }
  const double tail = (1 - confidence) / 2;
  const cut where = n <= wilcoxon_exact_limit ? exact_cut(n, tail) : normal_cut(n, tail);
  const std::size_t all = averages.size();
  const double upper_middle = at(averages, all / 2);
  const double lower_middle = at(averages, (all - 1) / 2);
  return center_interval{.center = lower_middle / 2 + upper_middle / 2,
                         .low = at(averages, where.from_end - 1),
                         .high = at(averages, all - where.from_end),
                         .confidence = where.confidence,
                         .is_range = where.is_range};
}

}  // namespace nevaperf::stats
