#include "profiles/diff/bounds.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace nevaperf::profiles {

namespace {

// Beyond so many events the normal distribution is as good as the exact ones, whose series no
// longer converge some way further up.
constexpr double many_events = 1e5;

// What a function cannot compute is no reason to throw.
using quiet = boost::math::policies::policy<
    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>,
    boost::math::policies::domain_error<boost::math::policies::ignore_error>,
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::pole_error<boost::math::policies::ignore_error>>;

// What differs by rounding only is the same.
constexpr double rounding = 1e-9;

bounded_change exact_change(double old_value, double new_value) {
  const double change = new_value - old_value;
  const bool same =
      std::fabs(change) <= rounding * std::max(std::fabs(old_value), std::fabs(new_value));
  return {.change = change, .low = change, .high = change, .p = same ? 1.0 : 0.0};
}

// A value as a number of events of equal weight.
struct counted {
  double events;
  double weight;
};

counted counted_from(const sampled_value& side, double weight) {
  if (side.variance <= 0 || side.value <= 0) return {.events = 0, .weight = weight};
  return {.events = side.value * side.value / side.variance, .weight = side.variance / side.value};
}

// Two-sided, for `successes` of `trials` with the probability `share`; both need not be whole.
double binomial_p(double successes, double trials, double share) {
  const double failures = trials - successes;
  if (std::min(trials * share, trials * (1 - share)) > many_events) {
    const double off = std::fabs(successes - trials * share) - 0.5;  // for continuity
    return std::erfc(std::max(off, 0.0) / std::sqrt(2 * trials * share * (1 - share)));
  }
  const double at_least =
      successes <= 0 ? 1 : boost::math::ibeta(successes, failures + 1, share, quiet());
  const double at_most =
      failures <= 0 ? 1 : boost::math::ibetac(successes + 1, failures, share, quiet());
  const double p = 2 * std::min(at_least, at_most);
  return p >= 0 && p < 1 ? p : 1;
}

// How many standard deviations leave `tail` beyond them on one side.
double deviations(double tail) {
  return std::sqrt(2.0) * boost::math::erfc_inv(2 * tail, quiet());
}

double lower_limit(const counted& side, double tail) {
  if (side.events <= 0) return 0;
  const double events = side.events > many_events
                            ? side.events - deviations(tail) * std::sqrt(side.events)
                            : boost::math::gamma_p_inv(side.events, tail, quiet());
  return side.weight * events;
}

double upper_limit(const counted& side, double tail) {
  const double events = side.events > many_events
                            ? side.events + deviations(tail) * std::sqrt(side.events)
                            : boost::math::gamma_q_inv(side.events + 1, tail, quiet());
  return side.weight * events;
}

}  // namespace

bounded_change change_of_counts(const sampled_value& old_side, const sampled_value& new_side,
                                double weight, double confidence) {
  const bool is_exact = old_side.variance <= 0 && new_side.variance <= 0;
  if (is_exact || weight <= 0) return exact_change(old_side.value, new_side.value);
  counted before = counted_from(old_side, weight);
  counted after = counted_from(new_side, weight);
  // What was not seen would have had the weight of what was seen on the other side.
  if (before.events == 0) before.weight = after.weight;
  if (after.events == 0) after.weight = before.weight;
  bounded_change made{.change = new_side.value - old_side.value};
  made.p = binomial_p(after.events, before.events + after.events,
                      before.weight / (before.weight + after.weight));
  const double tail = (1 - confidence) / 2;
  made.low = made.change - std::hypot(new_side.value - lower_limit(after, tail),
                                      upper_limit(before, tail) - old_side.value);
  made.high = made.change + std::hypot(upper_limit(after, tail) - new_side.value,
                                       old_side.value - lower_limit(before, tail));
  return made;
}

bounded_change change_of_runs(const run_sums& old_side, const run_sums& new_side,
                              double confidence) {
  const auto of_mean = [](const run_sums& side) {
    const auto n = static_cast<double>(side.runs);
    const double between = std::max(0.0, (side.squares - side.sum * side.sum / n) / (n - 1));
    // Differences of large squares: what is left of equal values is rounding.
    const bool nothing = between <= rounding * side.squares / n;
    return std::max(nothing ? 0 : between, side.variance / n) / n;
  };
  const double before = of_mean(old_side);
  const double after = of_mean(new_side);
  const double variance = before + after;
  if (variance <= 0) return exact_change(old_side.mean(), new_side.mean());
  const double share = before / variance;
  const double freedom = 1 / (share * share / static_cast<double>(old_side.runs - 1) +
                              (1 - share) * (1 - share) / static_cast<double>(new_side.runs - 1));
  const boost::math::students_t_distribution<double, quiet> t(freedom);
  const double error = std::sqrt(variance);
  bounded_change made{.change = new_side.mean() - old_side.mean()};
  const double half = boost::math::quantile(complement(t, (1 - confidence) / 2)) * error;
  made.low = made.change - half;
  made.high = made.change + half;
  made.p = 2 * boost::math::cdf(complement(t, std::fabs(made.change) / error));
  return made;
}

}  // namespace nevaperf::profiles
