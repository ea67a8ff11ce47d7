// Simulated comparisons of many scenarios, judged as a paired session judges them.
//
// Thread safety: pure functions.
#pragma once

#include <cstddef>

#include "core/stats/sequential.hpp"
#include "tests/perf/error_figures/pairs.hpp"

namespace nevaperf::figures {

struct row_outcome {
  stats::place verdict = stats::place::across;
  std::size_t pairs = 0;
  bool is_covered = false;  // the printed interval holds the truth
};

// One scenario, looked at until decided or `most` pairs are there.
row_outcome run_row(const machine& on, const stats::sequential_rules& rules, std::size_t most,
                    double effect, generator& random);

// The share of comparisons of identical builds in which any of the scenarios is called changed.
double false_alarm_share(const machine& on, std::size_t scenarios, std::size_t most, int tries);

struct power {
  double found = 0;  // share
  double pairs = 0;  // mean until decided, or all
  double covered = 0;
};
power power_for(const machine& on, std::size_t scenarios, std::size_t most, double effect,
                int tries);

// The share of 95% intervals of `n` pairs, without looks, that hold the truth.
double coverage(const machine& on, std::size_t n, int tries);

}  // namespace nevaperf::figures
