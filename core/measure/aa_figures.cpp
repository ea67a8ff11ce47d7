#include "core/measure/aa_figures.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "core/stats/order_statistics.hpp"

namespace nevaperf::measure {

namespace {

constexpr double found_often = 0.95;
constexpr std::size_t most_pairs = 200;     // of one comparison: more say nothing new here
constexpr double normal_quartiles = 1.349;  // their distance in standard deviations

// One comparison as it would go: pairs come in, looks are taken, until it is decided.
stats::place compare(std::span<const double> pairs, const stats::sequential_rules& rules) {
  stats::sequential_test test(rules);
  for (const std::size_t count : stats::plan_looks(rules, pairs.size())) {
    if (test.look(pairs.first(count)) != stats::place::across) break;
  }
  return test.decision();
}

class replay {
 public:
  replay(std::span<const double> measured, const aa_question& question, std::size_t pairs)
      : measured_(measured), question_(question), pairs_(pairs) {}

  // The share of comparisons that end in one of `wanted`, with `shift` added to every pair.
  [[nodiscard]] double share(double shift, std::initializer_list<stats::place> wanted) const {
    std::mt19937_64 random(question_.seed);
    std::size_t hits = 0;
    std::vector<double> drawn(pairs_);
    for (std::size_t i = 0; i < question_.comparisons; ++i) {
      for (double& one : drawn) one = measured_[random() % measured_.size()] + shift;
      const stats::place said = compare(drawn, question_.rules);
      hits += std::find(wanted.begin(), wanted.end(), said) != wanted.end() ? 1U : 0U;
    }
    return static_cast<double>(hits) / static_cast<double>(question_.comparisons);
  }

 private:
  std::span<const double> measured_;
  const aa_question& question_;
  std::size_t pairs_;
};

std::optional<double> resolution_of(const replay& again) {
  const auto is_found = [&](double change) {
    return again.share(std::log1p(change), {stats::place::above}) >= found_often;
  };
  double missed = 0;
  double found = 1;
  if (!is_found(found)) return std::nullopt;
  constexpr double exact_enough = 0.05;  // of the answer
  while (found - missed > exact_enough * found) {
    const double middle = missed > 0 ? std::sqrt(missed * found) : found / 4;
    (is_found(middle) ? found : missed) = middle;
    if (found < 1e-4) break;  // finer than any margin
  }
  return found;
}

}  // namespace

std::optional<aa_figures> judge_identical(std::span<const double> log_ratios,
                                          const aa_question& question) {
  if (log_ratios.size() < least_aa_pairs) return std::nullopt;
  std::vector<double> sorted(log_ratios.begin(), log_ratios.end());
  std::sort(sorted.begin(), sorted.end());
  aa_figures out;
  out.pairs = sorted.size();
  out.spread = (*stats::quantile(sorted, 0.75) - *stats::quantile(sorted, 0.25)) / normal_quartiles;
  out.center = stats::interval_of_center(log_ratios, 0.95).value_or(stats::center_interval{});
  for (const double seconds : question.budgets_seconds) {
    const double fitting = question.seconds_per_pair > 0 ? seconds / question.seconds_per_pair : 0;
    aa_comparisons& one = out.comparisons.emplace_back();
    one.seconds = seconds;
    one.pairs = static_cast<std::size_t>(std::clamp(fitting, 0.0, static_cast<double>(most_pairs)));
    if (one.pairs < stats::first_look(question.rules)) continue;
    const replay again(log_ratios, question, one.pairs);
    one.false_alarms = again.share(0, {stats::place::above, stats::place::below});
    one.resolution = resolution_of(again);
  }
  return out;
}

}  // namespace nevaperf::measure
