#include "core/measure/calibration.hpp"

#include <algorithm>
#include <cmath>

namespace nevaperf::measure {

namespace {

constexpr double wall_factor = 10;
constexpr double growth_limit = 16;  // a trial far too short says little about the right length
constexpr double most_iterations = 1e9;

// Two significant digits: iteration counts that people can compare.
std::uint64_t rounded(double iterations) {
  iterations = std::clamp(iterations, 1.0, most_iterations);
  const double scale = std::pow(10.0, std::max(0.0, std::floor(std::log10(iterations)) - 1));
  return static_cast<std::uint64_t>(std::round(iterations / scale) * scale);
}

}  // namespace

calibration_step next_trial(const trial& last, double target_seconds) {
  const auto iterations = static_cast<double>(last.iterations);
  const double wall_limit = wall_factor * target_seconds;
  double factor = growth_limit;
  if (last.real_seconds > 0) factor = std::min(factor, target_seconds / last.real_seconds);
  if (last.wall_seconds > 0) factor = std::min(factor, wall_limit / last.wall_seconds);
  // Within a factor of two the trial is a good measure of the rest.
  const bool done = factor <= 2 || iterations * factor >= most_iterations;
  return {rounded(iterations * factor), done};
}

}  // namespace nevaperf::measure
