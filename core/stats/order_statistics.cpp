#include "core/stats/order_statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>

namespace nevaperf::stats {

namespace {

// P(B <= successes) of a binomial(n, 1/2).
double at_most(std::size_t n, std::size_t successes) {
  const boost::math::binomial_distribution<double> coin(static_cast<double>(n), 0.5);
  return boost::math::cdf(coin, static_cast<double>(std::min(successes, n)));
}

// The largest rank whose tail is small enough, 0 if none is. Remembered, since a report asks for
// the same number of samples again and again.
std::size_t largest_rank(std::size_t n, double confidence) {
  struct answer {
    std::size_t n = 0;
    double confidence = 0;
    std::size_t rank = 0;
  };
  static thread_local answer last;
  if (last.n == n && last.confidence == confidence) return last.rank;
  const double tail = (1 - confidence) / 2;
  // By bisection up to the middle: ranks above it are not symmetric any more.
  std::size_t fits = 0;
  std::size_t beyond = (n + 1) / 2 + 1;
  while (beyond - fits > 1) {
    const std::size_t middle = fits + (beyond - fits) / 2;
    (at_most(n, middle - 1) <= tail ? fits : beyond) = middle;
  }
  last = {n, confidence, fits};
  return fits;
}

}  // namespace

std::optional<double> quantile(std::span<const double> sorted, double q) {
  if (sorted.empty()) return std::nullopt;
  const double place = std::clamp(q, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - std::floor(place));
}

std::optional<double> median(std::span<const double> sorted) {
  return quantile(sorted, 0.5);
}

std::optional<median_interval> interval_of_median(std::span<const double> sorted,
                                                  double confidence) {
  const std::size_t n = sorted.size();
  if (n == 0) return std::nullopt;
  const std::size_t fits = largest_rank(n, confidence);
  const std::size_t rank = std::max<std::size_t>(fits, 1);
  return median_interval{.low = sorted[rank - 1],
                         .high = sorted[n - rank],
                         .confidence = std::max(0.0, 1 - 2 * at_most(n, rank - 1)),
                         .low_rank = rank,
                         .high_rank = n + 1 - rank,
                         .is_range = fits == 0};
}

std::optional<median_interval> interpolated_interval_of_median(std::span<const double> sorted,
                                                               double confidence) {
  auto outer = interval_of_median(sorted, confidence);
  // No pair further in: the outer one is at the middle already.
  if (!outer || outer->is_range || outer->low_rank + 1 > sorted.size() - outer->low_rank) {
    return outer;
  }
  const std::size_t rank = outer->low_rank;
  const double reached_inside = 1 - 2 * at_most(sorted.size(), rank);
  const double share =
      (outer->confidence - confidence) / (outer->confidence - std::max(0.0, reached_inside));
  const auto n = static_cast<double>(sorted.size());
  const auto d = static_cast<double>(rank);
  const double weight = (n - d) * share / (d + (n - 2 * d) * share);  // of the inner pair
  outer->low = std::lerp(sorted[rank - 1], sorted[rank], weight);
  outer->high = std::lerp(sorted[sorted.size() - rank], sorted[sorted.size() - rank - 1], weight);
  outer->confidence = confidence;
  return outer;
}

std::size_t samples_needed(double confidence) {
  // The range of n samples misses the median with 2 * 2^-n.
  const double n = std::ceil(1 - std::log2(1 - confidence) - 1e-9);
  return static_cast<std::size_t>(std::max(n, 1.0));
}

}  // namespace nevaperf::stats
