#include "tests/perf/error_figures/gates.hpp"

#include <cmath>
#include <span>

#include "core/stats/signed_rank_interval.hpp"

namespace nevaperf::figures {

namespace {

using stats::place;

bool holds(std::span<const double> pairs, double truth) {
  const auto interval = stats::interval_of_center(pairs, 0.95);
  return interval->low <= truth && truth <= interval->high;
}

}  // namespace

row_outcome run_row(const machine& on, const stats::sequential_rules& rules, std::size_t most,
                    double effect, generator& random) {
  const std::vector<double> all = draw_pairs(on, most, effect, random);
  stats::sequential_test test(rules);
  row_outcome out;
  for (const std::size_t n : stats::plan_looks(rules, most)) {
    out.pairs = n;
    if (test.look({all.data(), n}) != place::across) break;
  }
  out.verdict = test.decision();
  out.is_covered = holds({all.data(), out.pairs}, std::log1p(effect));
  return out;
}

double false_alarm_share(const machine& on, std::size_t scenarios, std::size_t most, int tries) {
  generator random(1);
  int alarms = 0;
  for (int i = 0; i < tries; ++i) {
    bool is_false = false;
    for (std::size_t row = 0; row < scenarios && !is_false; ++row) {
      const place got = run_row(on, {.family = scenarios}, most, 0, random).verdict;
      is_false = got == place::above || got == place::below;
    }
    alarms += is_false ? 1 : 0;
  }
  return static_cast<double>(alarms) / tries;
}

power power_for(const machine& on, std::size_t scenarios, std::size_t most, double effect,
                int tries) {
  generator random(2);
  power out;
  for (int i = 0; i < tries; ++i) {
    const row_outcome got = run_row(on, {.family = scenarios}, most, effect, random);
    out.found += got.verdict == place::above ? 1 : 0;
    out.pairs += static_cast<double>(got.pairs);
    out.covered += got.is_covered ? 1 : 0;
  }
  out.found /= tries;
  out.pairs /= tries;
  out.covered /= tries;
  return out;
}

double coverage(const machine& on, std::size_t n, int tries) {
  generator random(n);
  int held = 0;
  for (int i = 0; i < tries; ++i)
    held += holds(draw_pairs(on, n, 0.03, random), std::log1p(0.03)) ? 1 : 0;
  return static_cast<double>(held) / tries;
}

}  // namespace nevaperf::figures
