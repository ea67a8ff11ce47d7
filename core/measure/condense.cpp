#include "core/measure/condense.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/measure/sample_doubts.hpp"
#include "core/stats/order_statistics.hpp"
#include "core/stats/summary.hpp"
#include "core/units/quantity.hpp"

namespace nevaperf::measure {

namespace {

constexpr double confidence = 0.95;

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

// Two counts, from two processes of their own; an exact one if they agree.
void add_repeated_count(model::metric& into, const std::vector<double>& counts) {
  if (into.n > 0) return;
  for (const double value : counts) {
    into.samples.push_back({value, static_cast<std::uint32_t>(into.samples.size())});
  }
  const auto [low, high] = std::minmax_element(counts.begin(), counts.end());
  into.median = *low + (*high - *low) / 2;
  into.ci = {*low, *high};
  into.n = into.samples.size();
  into.method = *low == *high ? "exact" : "range";
  into.confidence = *low == *high ? 1 : 0;
}

void add_doubts(model::scenario& scenario) {
  const auto time = scenario.metrics.find(units::sec_per_op);
  if (time != scenario.metrics.end()) {
    for (model::warning& one : sample_doubts(time->second)) {
      scenario.warnings.push_back(std::move(one));
    }
  }
  const auto instructions = scenario.metrics.find(units::instructions_per_op);
  if (instructions != scenario.metrics.end() && instructions->second.method != "exact") {
    scenario.warnings.push_back(
        {.code = "instructions-vary",
         .text = "two counts of its instructions differ: they are no exact measure here",
         .next =
             "compare its time; with one worker thread and a fixed seed the count may be exact"});
  }
}

// Every process may tell the same.
void add_once(std::vector<model::warning>& into, const model::warning& what) {
  if (std::find(into.begin(), into.end(), what) == into.end()) into.push_back(what);
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
    for (const model::warning& doubt : one.warnings) add_once(out.warnings, doubt);
    if (one.status != model::scenario_status::ok) {
      out.status = one.status;
      out.failure = one.failure;
      continue;
    }
    for (const auto& [unit, values] : one.values) {
      if (values.empty()) continue;
      if (unit == units::instructions_per_op) {
        add_repeated_count(out.metrics[unit], values);
      } else if (is_exact(unit)) {
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
    if (!is_exact(unit) && unit != units::instructions_per_op) summarize(metric);
  }
  add_doubts(out);
  return out;
}

}  // namespace nevaperf::measure
