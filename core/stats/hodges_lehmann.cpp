#include "core/stats/hodges_lehmann.hpp"

#include <algorithm>
#include <bit>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/binomial.hpp>
#include <cmath>
#include <cstdint>

#include "core/stats/mann_whitney.hpp"

namespace nevaperf::stats {

namespace {

// Doubles in their order as whole numbers, so that bisection ends at a value that is there.
std::int64_t to_key(double value) {
  const auto bits = std::bit_cast<std::int64_t>(value + 0.0);
  return bits >= 0 ? bits : std::int64_t{INT64_MIN} - bits;
}

double from_key(std::int64_t key) {
  return std::bit_cast<double>(key >= 0 ? key : std::int64_t{INT64_MIN} - key);
}

// How many of x - y are at most `limit`.
std::size_t count_up_to(std::span<const double> x, std::span<const double> y, double limit) {
  std::size_t count = 0;
  std::size_t too_small = y.size();  // y[too_small...] leave a difference within the limit
  for (const double value : x) {
    while (too_small > 0 && value - y[too_small - 1] <= limit) --too_small;
    while (too_small < y.size() && value - y[too_small] > limit) ++too_small;
    count += y.size() - too_small;
  }
  return count;
}

struct bounds {
  std::size_t outside = 0;  // pairs left out at each end
  double confidence = 0;
  bool is_range = false;
};

bounds exact_bounds(std::size_t n, std::size_t m, double confidence) {
  const std::size_t middle = n * m / 2;
  const std::vector<double> counts = mann_whitney_counts(n, m, middle);
  const double all = boost::math::binomial_coefficient<double>(static_cast<unsigned>(n + m),
                                                               static_cast<unsigned>(n));
  const double tail = (1 - confidence) / 2;
  double below = 0;  // P(U < outside)
  std::size_t outside = 0;
  // A hair of room: a tail that is exactly the one asked for must not fail by rounding.
  while (outside < middle && (below + counts[outside] / all) <= tail * (1 + 1e-12)) {
    below += counts[outside] / all;
    ++outside;
  }
  if (outside > 0) return {outside - 1, 1 - 2 * below, false};
  return {0, std::max(0.0, 1 - 2 * counts[0] / all), true};
}

bounds normal_bounds(std::size_t n, std::size_t m, double confidence) {
  const auto a = static_cast<double>(n);
  const auto b = static_cast<double>(m);
  const boost::math::normal_distribution<double> normal;
  const double z = boost::math::quantile(complement(normal, (1 - confidence) / 2));
  const double outside = a * b / 2 - 0.5 - z * std::sqrt(a * b * (a + b + 1) / 12);
  if (outside < 0) return {0, 0, true};
  return {static_cast<std::size_t>(outside), confidence, false};
}

bool to_sorted_logs(std::vector<double>& values) {
  for (double& value : values) {
    if (!(value > 0) || !std::isfinite(value)) return false;
    value = std::log(value);
  }
  std::sort(values.begin(), values.end());
  return !values.empty();
}

}  // namespace

double ranked_difference(std::span<const double> sorted_x, std::span<const double> sorted_y,
                         std::size_t rank) {
  std::int64_t low = to_key(sorted_x.front() - sorted_y.back());
  std::int64_t high = to_key(sorted_x.back() - sorted_y.front());
  while (low < high) {
    // Both may be far apart: their difference need not fit.
    const std::int64_t middle = (low & high) + ((low ^ high) >> 1);
    if (count_up_to(sorted_x, sorted_y, from_key(middle)) > rank) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return from_key(low);
}

std::optional<ratio_estimate> hodges_lehmann_ratio(std::vector<double> old_samples,
                                                   std::vector<double> new_samples,
                                                   double confidence) {
  if (!to_sorted_logs(old_samples) || !to_sorted_logs(new_samples)) return std::nullopt;
  const std::size_t n = old_samples.size();
  const std::size_t m = new_samples.size();
  const bool small = std::max(n, m) <= mann_whitney_exact_limit;
  const bounds ends = small ? exact_bounds(n, m, confidence) : normal_bounds(n, m, confidence);
  const auto at = [&](std::size_t rank) {
    return ranked_difference(new_samples, old_samples, rank);
  };
  const std::size_t pairs = n * m;
  const double middle = pairs % 2 == 1 ? at(pairs / 2) : (at(pairs / 2 - 1) + at(pairs / 2)) / 2;
  return ratio_estimate{.ratio = std::exp(middle),
                        .low = std::exp(at(ends.outside)),
                        .high = std::exp(at(pairs - 1 - ends.outside)),
                        .confidence = ends.confidence,
                        .is_range = ends.is_range};
}

}  // namespace nevaperf::stats
