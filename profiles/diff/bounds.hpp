// How sure a difference of two measured values is.
//
// Two cases. One run a side: each value is a sum of events, Poisson in number; the test is the
// exact conditional binomial one (Przyborowski, Wilenski 1940) on effective counts value^2 /
// variance, the interval combines the exact Poisson limits of the two values (MOVER; Zou, Donner
// 2008). Several runs a side: Welch's t over runs, where a spread smaller than that of the sampling
// is taken for luck and replaced by it. Assumed: independent runs. Thread safety: pure functions.
#pragma once

#include <cstddef>

namespace nevaperf::profiles {

struct bounded_change {
  double change = 0;  // new - old
  double low = 0;
  double high = 0;
  double p = 1;  // that nothing but noise made the difference; two-sided
};

// A sum of events and its variance by sampling; both 0 if nothing was seen.
struct sampled_value {
  double value = 0;
  double variance = 0;
};

// `weight`: the value of one event, where a side has seen none. A variance of 0 on both sides says
// that values are exact.
[[nodiscard]] bounded_change change_of_counts(const sampled_value& old_side,
                                              const sampled_value& new_side, double weight,
                                              double confidence);

// The values of the runs of a side, added up.
struct run_sums {
  std::size_t runs = 0;
  double sum = 0;
  double squares = 0;
  double variance = 0;  // by sampling, added up

  void add(double value, double its_variance) {
    ++runs;
    sum += value;
    squares += value * value;
    variance += its_variance;
  }
  [[nodiscard]] double mean() const { return runs == 0 ? 0 : sum / static_cast<double>(runs); }
};

// At least two runs a side.
[[nodiscard]] bounded_change change_of_runs(const run_sums& old_side, const run_sums& new_side,
                                            double confidence);

}  // namespace nevaperf::profiles
