#include "core/measure/sample_doubts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "core/stats/autocorrelation.hpp"
#include "core/stats/clusters.hpp"
#include "core/stats/order_statistics.hpp"
#include "core/stats/trend.hpp"
#include "core/units/format.hpp"

namespace nevaperf::measure {

namespace {

constexpr double confidence = 0.95;
constexpr double wide = 0.05;           // half of the interval, of the median
constexpr double rare = 0.001;          // p-values below it are no chance
constexpr double least_change = 0.02;   // smaller ones are true, but do not matter
constexpr double least_scatter = 0.01;  // half of the interval

using doubt = std::optional<model::warning>;

double half_width(const model::metric& time) {
  return time.median > 0 ? (time.ci.high - time.ci.low) / 2 / time.median : 0;
}

doubt too_few_or_scattered(const model::metric& time) {
  const std::size_t needed = stats::samples_needed(confidence);
  if (time.n < needed) {
    return model::warning{.code = "few-samples",
                          .text = std::to_string(time.n) + " of the " + std::to_string(needed) +
                                  " processes that a 95% interval needs",
                          .next = "give more time with --time"};
  }
  if (half_width(time) <= wide) return std::nullopt;
  return model::warning{.code = "wide-interval",
                        .text = "the interval is wider than ±" + units::format_percent(wide),
                        .next = "close other programs, or give more time with --time"};
}

doubt drift(const model::metric& time) {
  std::map<std::uint32_t, std::vector<double>> by_process;
  std::size_t longest = 0;
  for (const model::sample& one : time.slices) {
    std::vector<double>& series = by_process[one.process];
    series.push_back(one.value);
    longest = std::max(longest, series.size());
  }
  std::vector<std::vector<double>> all;
  for (auto& [process, series] : by_process) all.push_back(std::move(series));
  const auto trend = stats::common_trend(all);
  if (!trend || time.median <= 0 || longest < 2) return std::nullopt;
  const double change = trend->slope * static_cast<double>(longest - 1) / time.median;
  if (trend->p >= rare || std::fabs(change) < least_change) return std::nullopt;
  const bool slower = change > 0;
  return model::warning{
      .code = "drift",
      .text = std::string("it gets ") + (slower ? "slower" : "faster") + " inside a process: " +
              units::format_change(change) + " from its first slice to the " + "last",
      .next = slower ? "does it keep what it makes, or work on data that grows? set it up anew in "
                       "each operation"
                     : "does it fill a cache or a pool first? warm up in its set-up"};
}

doubt bimodal(const model::metric& time) {
  std::vector<double> logs;
  for (const model::sample& one : time.samples) {
    if (one.value > 0) logs.push_back(std::log(one.value));
  }
  const auto groups = stats::find_two_groups(std::move(logs));
  if (!groups) return std::nullopt;
  const double change = std::expm1(groups->high_mean - groups->low_mean);
  if (change < least_change) return std::nullopt;
  return model::warning{
      .code = "bimodal",
      .text = "its processes fall into two groups: " + std::to_string(groups->low_count) + " and " +
              std::to_string(groups->high_count) + ", " + units::format_percent(change) +
              " apart; the median tells of neither",
      .next =
          "look for what differs between processes: placement in memory, the CPU, a race; "
          "compare builds in pairs"};
}

doubt autocorrelated(const model::metric& time) {
  std::vector<double> series;
  for (const model::sample& one : time.samples) series.push_back(one.value);
  const auto found = stats::rank_autocorrelation(series);
  if (!found || found->p >= rare || half_width(time) < least_scatter) return std::nullopt;
  return model::warning{
      .code = "autocorrelated",
      .text =
          "neighbouring processes resemble each other: the machine's speed changed during the "
          "run, and the interval is too narrow",
      .next = "measure again when the machine is quiet; nevaperf doctor shows what disturbs it"};
}

}  // namespace

std::vector<model::warning> sample_doubts(const model::metric& time) {
  std::vector<model::warning> out;
  for (const doubt& one :
       {too_few_or_scattered(time), drift(time), bimodal(time), autocorrelated(time)}) {
    if (one) out.push_back(*one);
  }
  return out;
}

}  // namespace nevaperf::measure
