#include "core/compare/compare_pairs.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/compare/judge.hpp"
#include "core/stats/autocorrelation.hpp"
#include "core/stats/clusters.hpp"
#include "core/stats/multiplicity.hpp"
#include "core/stats/signed_rank_interval.hpp"
#include "core/stats/trend.hpp"
#include "core/units/format.hpp"
#include "core/units/quantity.hpp"

namespace nevaperf::compare {

namespace {

constexpr double strict = 0.001;  // level of the tests that take a verdict away

void warn(row& into, const char* code, std::string text, std::string next) {
  into.warnings.push_back({.code = code, .text = std::move(text), .next = std::move(next)});
}

double p_of(const stats::sequential_test& test) {
  return std::min(test.p_above(), test.p_below());
}

row base_row(const paired_samples& from, const options& how) {
  row out;
  out.name = from.name;
  out.unit = units::sec_per_op;
  if (from.log_ratios.empty()) return out;
  out.old_side = summarize_side(from.old_seconds, how.confidence);
  out.new_side = summarize_side(from.new_seconds, how.confidence);
  const auto center = stats::interval_of_center(from.log_ratios, how.confidence);
  out.ratio = std::exp(center->center);
  out.ci = {std::exp(center->low), std::exp(center->high)};
  out.method = "signed-rank";
  out.p = p_of(from.test);
  return out;
}

// The pairs must not depend on their order: else the tests do not hold.
bool is_ordered(const paired_samples& from, row& into) {
  if (from.log_ratios.size() < stats::least_for_autocorrelation) return false;
  const auto trend = stats::common_trend(std::vector<std::vector<double>>{from.log_ratios});
  const auto alike = stats::rank_autocorrelation(from.log_ratios);
  if ((!trend || trend->p > strict) && (!alike || alike->p > strict)) return false;
  warn(into, "drift", "the ratio changes while it is measured",
       "stop other programs, and compare again");
  return true;
}

void look_for_modes(const paired_samples& from, row& into) {
  for (const auto* side : {&from.old_seconds, &from.new_seconds}) {
    const auto groups = stats::find_two_groups(*side);
    if (!groups || groups->high_mean < 1.02 * groups->low_mean) continue;
    warn(into, "bimodal", "the processes of one build fall into a fast and a slow group",
         "the ratio is that of whole pairs; find out what they depend on");
    return;
  }
}

// The half width of an interval shrinks with the root of the number of pairs.
void say_what_is_missing(const paired_samples& from, row& into, const options& how) {
  const auto pairs = static_cast<double>(from.log_ratios.size());
  double needed = static_cast<double>(stats::least_pairs);
  if (into.ci && from.log_ratios.size() >= stats::least_pairs) {
    const double half = (std::log(into.ci->high) - std::log(into.ci->low)) / 2;
    const double room = std::fabs(std::fabs(std::log(*into.ratio)) - std::log1p(how.margin));
    // Tests of many scenarios and looks ask for more than the interval that is shown.
    constexpr double strictness = 1.5;
    needed = room > 0 ? pairs * std::pow(strictness * half / room, 2) : HUGE_VAL;
  }
  constexpr double not_sensible = 100'000;
  if (needed > not_sensible) {
    return warn(into, "undecided", "the difference is about as large as the threshold",
                "give another --threshold, or take it as undecided");
  }
  const double missing = std::max(needed - pairs, 1.0);
  into.samples_needed = static_cast<std::uint64_t>(std::ceil(pairs + missing));
  const std::string text = units::format_elapsed(units::seconds(missing * from.pair_seconds));
  warn(into, "undecided", "undecided in its time: about " + text + " more would settle it",
       "give more with --time");
}

void decide(const paired_samples& from, row& into, const options& how, bool is_biased) {
  if (!from.failure.empty()) return;
  look_for_modes(from, into);
  const bool is_ordered_row = is_ordered(from, into);
  const bool shown = into.p_adjusted && *into.p_adjusted <= how.alpha;
  const bool above = from.test.p_above() < from.test.p_below();
  const bool far = above ? from.test.is_far_above() : from.test.is_far_below();
  if (is_biased || is_ordered_row) return;
  if (shown && far) {
    if (from.is_clear) {
      into.what = above ? verdict::slower : verdict::faster;
    } else {
      warn(into, "control", "the old build differs from itself by as much",
           "give more with --time, or stop other programs");
    }
  } else if (from.test.decision() == stats::place::inside) {
    into.what = verdict::same;
  } else {
    say_what_is_missing(from, into, how);
  }
}

row lonely(const std::string& name, verdict what) {
  row out;
  out.name = name;
  out.unit = units::sec_per_op;
  out.what = what;
  warn(out, "one-side", "only one build has it", "it is not compared");
  return out;
}

void add_geomean(comparison& into) {
  geomean mean{.unit = units::sec_per_op};
  for (const row& one : into.rows) {
    if (!one.ratio) continue;
    mean.old_value += std::log(one.old_side->median);
    mean.new_value += std::log(one.new_side->median);
    mean.ratio += std::log(*one.ratio);
    ++mean.rows;
  }
  if (mean.rows == 0) return;
  const auto rows = static_cast<double>(mean.rows);
  mean.ratio = std::exp((mean.ratio - 1) / rows);
  mean.old_value = std::exp(mean.old_value / rows);
  mean.new_value = std::exp(mean.new_value / rows);
  into.geomeans.push_back(std::move(mean));
}

}  // namespace

comparison compare_pairs(const paired_data& data, const options& how) {
  comparison out;
  out.how = how;
  out.by = {.test = "sequential signed-rank",
            .correction = "holm",
            .ratio = "hodges-lehmann of pairs",
            .median_interval = "order-statistic"};
  out.how.verdict_alpha = how.alpha;
  std::vector<double> p;
  for (const paired_samples& one : data.rows) p.push_back(p_of(one.test));
  const std::vector<double> adjusted = stats::holm(p);
  out.family = p.size();
  for (std::size_t i = 0; i < data.rows.size(); ++i) {
    const paired_samples& from = data.rows[i];
    row one = base_row(from, how);
    if (one.p) one.p_adjusted = adjusted[i];
    if (!from.failure.empty()) {
      one.what = from.failed_on_new ? verdict::only_old : verdict::only_new;
      warn(one, "no-result",
           (from.failed_on_new ? "on the new side: " : "on the old side: ") + from.failure,
           "see its output");
    }
    decide(from, one, how, data.is_biased);
    out.rows.push_back(std::move(one));
  }
  for (const std::string& name : data.only_old) out.rows.push_back(lonely(name, verdict::only_old));
  for (const std::string& name : data.only_new) out.rows.push_back(lonely(name, verdict::only_new));
  add_geomean(out);
  if (data.is_biased) {
    out.warnings.push_back({.code = "control-biased",
                            .text = "the old build differs from itself (" + data.control +
                                    "): nothing is called changed",
                            .next = "stop other programs, and compare again"});
  }
  return out;
}

}  // namespace nevaperf::compare
