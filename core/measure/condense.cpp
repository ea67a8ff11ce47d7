#include "core/measure/condense.hpp"

#include <algorithm>
#include <string>

#include "core/stats/order_statistics.hpp"
#include "core/stats/summary.hpp"
#include "core/units/format.hpp"
#include "core/units/quantity.hpp"

namespace nevaperf::measure {

namespace {

constexpr double confidence = 0.95;
constexpr double wide = 0.05;  // half of the interval, of the median

bool is_exact(const std::string& unit) {
  return unit == units::allocs_per_op || unit == units::bytes_per_op;
}

// A count of the first process that has it; the others are the same by definition.
void add_count(model::metric& into, double value, std::uint32_t process) {
  if (into.n > 0) return;
  into = {.median = value,
          .ci = {value, value},
          .confidence = 1,
          .n = 1,
          .method = "exact",
          .samples = {{value, process}},
          .slices = {}};
}

void add_process(model::metric& into, std::vector<double> slices, std::uint32_t process) {
  for (const double value : slices) into.slices.push_back({value, process});
  std::sort(slices.begin(), slices.end());
  if (const auto median = stats::median(slices)) into.samples.push_back({*median, process});
}

void summarize(model::metric& metric) {
  std::vector<double> values;
  for (const model::sample& one : metric.samples) values.push_back(one.value);
  const auto seen = stats::summarize(std::move(values), confidence);
  if (!seen) return;
  metric.median = seen->median;
  metric.ci = {seen->interval.low, seen->interval.high};
  metric.confidence = seen->interval.confidence;
  metric.n = seen->n;
  metric.method = seen->interval.is_range ? "range" : "order-statistic";
}

void add_doubts(model::scenario& scenario) {
  const auto found = scenario.metrics.find(units::sec_per_op);
  if (found == scenario.metrics.end()) return;
  const model::metric& time = found->second;
  const std::size_t needed = stats::samples_needed(confidence);
  if (time.n < needed) {
    scenario.warnings.push_back({.code = "few-samples",
                                 .text = std::to_string(time.n) + " of the " +
                                         std::to_string(needed) +
                                         " processes that a 95% interval needs",
                                 .next = "give more time with --time"});
  } else if (time.median > 0 && (time.ci.high - time.ci.low) / 2 > wide * time.median) {
    scenario.warnings.push_back(
        {.code = "wide-interval",
         .text = "the interval is wider than ±" + units::format_percent(wide),
         .next = "close other programs, or give more time with --time"});
  }
}

}  // namespace

model::scenario condense(const subject& what, std::span<const model::process_result> results) {
  model::scenario out;
  out.name = what.name;
  out.tags = what.tags;
  out.description = what.description;
  bool ran = false;
  for (const model::process_result& one : results) {
    if (one.scenario != what.name) continue;
    ran = true;
    if (one.status != model::scenario_status::ok) {
      out.status = one.status;
      out.failure = one.failure;
      continue;
    }
    for (const auto& [unit, values] : one.values) {
      if (values.empty()) continue;
      if (is_exact(unit)) {
        add_count(out.metrics[unit], values.front(), one.process);
      } else {
        add_process(out.metrics[unit], values, one.process);
      }
    }
  }
  if (!ran) {
    out.status = model::scenario_status::skipped;
    out.failure = "the run ended before it";
  }
  for (auto& [unit, metric] : out.metrics) {
    if (!is_exact(unit)) summarize(metric);
  }
  add_doubts(out);
  return out;
}

}  // namespace nevaperf::measure
