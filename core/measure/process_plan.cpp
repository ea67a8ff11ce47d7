#include "core/measure/process_plan.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "core/stats/summary.hpp"

namespace nevaperf::measure {

std::uint32_t processes_needed(std::span<const double> samples, const precision_goal& goal) {
  const auto have = static_cast<std::uint32_t>(samples.size());
  if (have < goal.least) return goal.least;
  if (have >= goal.most) return have;
  const auto seen = stats::summarize({samples.begin(), samples.end()}, 0.95);
  if (!seen || seen->median <= 0) return have;  // a scenario without time does not get better
  const double width = (seen->interval.high - seen->interval.low) / 2 / seen->median;
  if (width <= goal.precision) return have;
  const double ratio = width / goal.precision;
  const double predicted = std::ceil(have * ratio * ratio);
  if (predicted >= goal.most) return goal.most;
  return std::max(static_cast<std::uint32_t>(predicted), have + 1);
}

std::uint32_t slices_of_process(std::int64_t slice_ns, std::int64_t process_ns) {
  constexpr std::int64_t most = 8;
  const std::int64_t one = std::max<std::int64_t>(slice_ns, 1);
  return static_cast<std::uint32_t>(
      std::clamp<std::int64_t>((process_ns + one / 2) / one, 1, most));
}

std::uint64_t iterations_for_counting(std::uint64_t iterations_of_slice) {
  constexpr std::uint64_t usual = 1024;
  return std::bit_floor(std::clamp<std::uint64_t>(iterations_of_slice, 1, usual));
}

}  // namespace nevaperf::measure
