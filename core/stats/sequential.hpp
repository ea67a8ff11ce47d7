// A verdict on paired log-ratios while they come in, whose error rate does not grow with looking.
//
// At each look one-sided signed rank tests ask three questions. Is there a difference at all? Does
// it lie beyond the margin? Or all inside it? A change is shown if the first is corrected for the
// whole family (what an identical build must never fail) and the second holds for the scenario.
// Each look, of six at most, has a share of the error rate of its own (alpha spending by the union
// bound). Why not O'Brien-Fleming's boundaries: rank tests of n pairs know no level below 2^-n, so
// that among a hundred scenarios those boundaries cannot be crossed before the fifteenth pair,
// however large the change; and they are normal approximations, which are wrong by factors so far
// out. Shares hold exactly for any number of pairs and any distribution that is symmetric around
// its centre, and nothing has to be known about the end: a budget may end early.
//
// The first look takes half of the error rate, for there the tests are coarsest, and counts only if
// the change is plain: the largest ratio is at most five times the smallest. Noise around zero
// hardly ever looks so, whatever its size: the rate of false alarms is that of the later looks, a
// tenth of `alpha` for each direction (error_figures.md).
// Thread safety: values; share nothing. Units: natural logarithms of ratios.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/stats/equivalence.hpp"

namespace nevaperf::stats {

inline constexpr std::size_t most_looks = 6;
inline constexpr std::size_t least_pairs = 8;  // fewer look plain by chance too often

struct sequential_rules {
  double alpha = 0.05;     // of each direction, over the whole family
  std::size_t family = 1;  // scenarios that are judged together
  double margin = 0.01;    // share of the old value that does not matter
};

// The fewest pairs with which a change can be shown at the first look.
[[nodiscard]] std::size_t first_look(const sequential_rules& rules);

// The numbers of pairs at which to look, ascending: the first look, then from where the later ones
// can show something to `most`, spaced geometrically. Only `most` if that is less.
[[nodiscard]] std::vector<std::size_t> plan_looks(const sequential_rules& rules, std::size_t most);

class sequential_test {
 public:
  explicit sequential_test(const sequential_rules& rules) : rules_(rules) {}

  // Looks at all log-ratios so far. Once decided it stays so; after the last look nothing is
  // tested any more.
  place look(std::span<const double> log_ratios);
  // Whether the margin is passed, at the level of one scenario.
  [[nodiscard]] bool is_far_above() const { return p_far_above_ <= rules_.alpha; }
  [[nodiscard]] bool is_far_below() const { return p_far_below_ <= rules_.alpha; }

  [[nodiscard]] place decision() const { return decision_; }
  [[nodiscard]] std::size_t looks() const { return looks_; }
  // One-sided, corrected for the looks but not for the family, against: not slower at all; not
  // faster at all; beyond the margin.
  [[nodiscard]] double p_above() const { return p_above_; }
  [[nodiscard]] double p_below() const { return p_below_; }
  [[nodiscard]] double p_inside() const { return p_inside_; }

 private:
  sequential_rules rules_;
  std::size_t looks_ = 0;
  double p_above_ = 1;
  double p_below_ = 1;
  double p_inside_ = 1;
  double p_far_above_ = 1;  // against: not above the margin
  double p_far_below_ = 1;
  place decision_ = place::across;
};

}  // namespace nevaperf::stats
