#include "core/stats/bootstrap.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "core/stats/order_statistics.hpp"

namespace nevaperf::stats {

namespace {

// A place below n; a multiplication instead of a distribution of the standard library, which may
// differ between libraries.
std::size_t place_below(std::size_t n, std::mt19937_64& random) {
  return static_cast<std::size_t>((random() >> 32) * n >> 32);
}

// How much the statistic's spread changes with its value, from leaving out one sample at a time.
double acceleration(std::span<const double> samples, const statistic& of) {
  std::vector<double> values;
  std::vector<double> rest;
  for (std::size_t left_out = 0; left_out < samples.size(); ++left_out) {
    rest.assign(samples.begin(), samples.end());
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(left_out));
    values.push_back(of(rest));
  }
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  double squares = 0;
  double cubes = 0;
  for (const double value : values) {
    const double d = mean - value;
    squares += d * d;
    cubes += d * d * d;
  }
  return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

}  // namespace

std::optional<bootstrap_interval> bca_interval(std::span<const double> samples, const statistic& of,
                                               const bootstrap_options& options) {
  if (samples.size() < 2 || options.resamples == 0) return std::nullopt;
  std::vector<double> scratch(samples.begin(), samples.end());
  bootstrap_interval out;
  out.estimate = of(scratch);
  std::mt19937_64 random(options.seed);
  std::vector<double> values(options.resamples);
  double below = 0;
  for (double& value : values) {
    for (double& one : scratch) one = samples[place_below(samples.size(), random)];
    value = of(scratch);
    if (!std::isfinite(value)) return std::nullopt;
    below += value < out.estimate ? 1 : value == out.estimate ? 0.5 : 0;
  }
  std::sort(values.begin(), values.end());

  const auto count = static_cast<double>(options.resamples);
  // All resamples on one side: the correction would be infinite.
  const double share = std::clamp(below / count, 0.5 / count, 1 - 0.5 / count);
  const boost::math::normal_distribution<double> normal;
  const double bias = boost::math::quantile(normal, share);
  const double a = acceleration(samples, of);
  const auto corrected = [&](double tail) {
    const double shifted = bias + boost::math::quantile(normal, tail);
    return boost::math::cdf(normal, bias + shifted / (1 - a * shifted));
  };
  const double tail = (1 - options.confidence) / 2;
  out.low = *quantile(values, corrected(tail));
  out.high = *quantile(values, corrected(1 - tail));
  return out;
}

}  // namespace nevaperf::stats
