#include "core/compare/judge.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "core/stats/equivalence.hpp"
#include "core/stats/hodges_lehmann.hpp"
#include "core/stats/mann_whitney.hpp"
#include "core/stats/order_statistics.hpp"

namespace nevaperf::compare {

namespace {

bool all_equal(std::span<const double> values) {
  return std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end();
}

verdict toward(bool is_more, const unit_knowledge& known) {
  if (!known.direction) return verdict::unsure;
  return is_more == (*known.direction == formats::better::less) ? verdict::slower : verdict::faster;
}

void warn(row& into, const char* code, std::string text, std::string next) {
  into.warnings.push_back({.code = code, .text = std::move(text), .next = std::move(next)});
}

void settle(row& into, bool is_more, const unit_knowledge& known) {
  into.what = toward(is_more, known);
  if (into.what != verdict::unsure) return;
  warn(into, "no-direction",
       "it is not known whether more or less of '" + into.unit + "' is better",
       "in Go text a line 'Unit " + into.unit + " better=lower' says so");
}

// The half width of an interval shrinks with the root of the number of samples.
std::optional<std::uint64_t> samples_to_settle(const row& at, double margin) {
  const double half = (std::log(at.ci->high) - std::log(at.ci->low)) / 2;
  const double room = std::fabs(std::fabs(std::log(*at.ratio)) - std::log1p(margin));
  if (!(half > 0) || !(room > 0)) return std::nullopt;
  const auto n = static_cast<double>(std::min(at.old_side->n, at.new_side->n));
  const double needed = std::ceil(n * (half / room) * (half / room));
  constexpr double not_sensible = 10'000;
  if (!(needed > n) || needed > not_sensible) return std::nullopt;
  return static_cast<std::uint64_t>(needed);
}

void decide_exact(row& into, const unit_knowledge& known) {
  const double before = into.old_side->median;
  const double after = into.new_side->median;
  if (before == after) {
    into.what = verdict::same;
  } else {
    settle(into, after > before, known);
  }
}

// Values that have no ratio: some are zero or negative.
void decide_without_ratio(row& into, const unit_knowledge& known, const options& how) {
  const side& before = *into.old_side;
  const side& after = *into.new_side;
  if (into.p_adjusted && *into.p_adjusted <= how.verdict_alpha && before.median != after.median) {
    settle(into, after.median > before.median, known);
  } else {
    const bool constant = before.ci.low == before.ci.high && after.ci.low == after.ci.high;
    into.what = constant && before.median == after.median ? verdict::same : verdict::unsure;
  }
}

void decide_by_interval(row& into, const unit_knowledge& known, const options& how) {
  const std::size_t needed = stats::samples_needed(how.confidence);
  // The test alone may need fewer samples; an interval with less confidence than asked for decides
  // nothing.
  if (stats::smallest_mann_whitney_p(into.old_side->n, into.new_side->n) > 1 - how.confidence) {
    into.what = verdict::unsure;
    return warn(into, "few-samples",
                "too few samples: " + std::to_string(into.old_side->n) + " and " +
                    std::to_string(into.new_side->n),
                "take at least " + std::to_string(needed) + " a side, better 10");
  }
  const stats::place where = stats::place_of(into.ci->low, into.ci->high, how.margin);
  const bool shown = into.p_adjusted && *into.p_adjusted <= how.verdict_alpha;
  if (where == stats::place::inside) {
    into.what = verdict::same;
  } else if (where != stats::place::across && shown) {
    settle(into, where == stats::place::above, known);
  } else {
    into.what = verdict::unsure;
    into.samples_needed = samples_to_settle(into, how.margin);
  }
}

}  // namespace

side summarize_side(std::span<const double> values, double confidence) {
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const auto interval = stats::interval_of_median(sorted, confidence);
  return {
      .median = *stats::median(sorted), .ci = {interval->low, interval->high}, .n = sorted.size()};
}

row measure(std::string name, std::string unit, const metric_pair& values,
            const unit_knowledge& known, const options& how) {
  row out;
  out.name = std::move(name);
  out.unit = std::move(unit);
  out.old_side = summarize_side(values.old_values, how.confidence);
  out.new_side = summarize_side(values.new_values, how.confidence);
  if (known.is_exact && all_equal(values.old_values) && all_equal(values.new_values)) {
    out.method = "exact";
    const double before = out.old_side->median;
    if (before > 0 && out.new_side->median > 0) out.ratio = out.new_side->median / before;
    if (out.ratio) out.ci = {*out.ratio, *out.ratio};
    return out;
  }
  out.method = "mann-whitney";
  if (const auto test = stats::mann_whitney(values.old_values, values.new_values)) {
    out.p = test->p;
  }
  const auto estimate = stats::hodges_lehmann_ratio(
      {values.old_values.begin(), values.old_values.end()},
      {values.new_values.begin(), values.new_values.end()}, how.confidence);
  if (estimate) {
    out.ratio = estimate->ratio;
    out.ci = {estimate->low, estimate->high};
  }
  return out;
}

void decide(row& into, const unit_knowledge& known, const options& how, bool is_refused) {
  if (into.method == "exact") return decide_exact(into, known);
  if (known.is_exact) {
    warn(into, "varies", "a count that should be exact varies; it is compared as samples are",
         "find out what it depends on");
  }
  if (is_refused) {
    into.what = verdict::unsure;
  } else if (!into.ratio) {
    decide_without_ratio(into, known, how);
  } else {
    decide_by_interval(into, known, how);
  }
}

}  // namespace nevaperf::compare
