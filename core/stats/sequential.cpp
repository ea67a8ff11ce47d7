#include "core/stats/sequential.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/stats/wilcoxon.hpp"

namespace nevaperf::stats {

namespace {

// Each row of shares adds up to at most one.
struct shares {
  double any_change;
  double far_change;
  double same;  // takes many pairs: its shares grow
};
constexpr std::array<shares, most_looks> spending = {{{0.49, 0.35, 0.02},
                                                      {0.02, 0.13, 0.08},
                                                      {0.02, 0.13, 0.15},
                                                      {0.02, 0.13, 0.2},
                                                      {0.02, 0.13, 0.25},
                                                      {0.02, 0.13, 0.3}}};
constexpr double plain_ratio = 5;

// One-sided: how probable are such differences from `bound` if the centre is not above it?
double p_of_being_above(std::span<const double> values, double bound) {
  std::vector<double> beyond;
  beyond.reserve(values.size());
  for (const double value : values) beyond.push_back(value - bound);
  const auto test = wilcoxon_signed_rank(beyond);
  if (!test || test->n == 0) return 1;
  const auto n = static_cast<double>(test->n);
  const bool is_above = test->rank_sum > n * (n + 1) / 4;
  return is_above ? test->p / 2 : 1 - test->p / 2;
}

std::vector<double> negated(std::span<const double> values) {
  std::vector<double> out(values.begin(), values.end());
  for (double& value : out) value = -value;
  return out;
}

// The fewest pairs of which the signs alone reach the level of a look.
std::size_t reachable(const sequential_rules& rules, const shares& of_look) {
  const double level = rules.alpha * of_look.any_change /
                       static_cast<double>(std::max<std::size_t>(rules.family, 1));
  return static_cast<std::size_t>(std::max(std::ceil(-std::log2(level) - 1e-9), 1.0));
}

bool is_plain(std::span<const double> log_ratios) {
  double smallest = HUGE_VAL;
  double largest = 0;
  for (const double one : log_ratios) {
    smallest = std::min(smallest, std::fabs(one));
    largest = std::max(largest, std::fabs(one));
  }
  return largest <= plain_ratio * smallest;
}

}  // namespace

std::size_t first_look(const sequential_rules& rules) {
  return std::max(least_pairs, reachable(rules, spending.front()));
}

std::vector<std::size_t> plan_looks(const sequential_rules& rules, std::size_t most) {
  const std::size_t first = first_look(rules);
  if (most <= first) return {most};
  std::vector<std::size_t> out = {first};
  const std::size_t second = std::min(std::max(reachable(rules, spending[1]), first + 1), most);
  constexpr std::size_t steps = most_looks - 2;
  const double step =
      std::pow(static_cast<double>(most) / static_cast<double>(second), 1.0 / steps);
  for (std::size_t i = 0; i <= steps; ++i) {
    const double place = static_cast<double>(second) * std::pow(step, static_cast<double>(i));
    const auto next = i == steps ? most : static_cast<std::size_t>(std::lround(place));
    if (next > out.back()) out.push_back(next);
  }
  return out;
}

place sequential_test::look(std::span<const double> log_ratios) {
  if (decision_ != place::across || looks_ == most_looks) return decision_;
  const shares& of_look = spending[looks_];
  const bool counts = looks_ > 0 || is_plain(log_ratios);
  ++looks_;
  const double margin = std::log1p(rules_.margin);
  const std::vector<double> mirrored = negated(log_ratios);
  const auto spend = [](double& p, double seen, double share) {
    p = std::min({p, 1.0, seen / share});
  };
  if (counts) {
    spend(p_above_, p_of_being_above(log_ratios, 0), of_look.any_change);
    spend(p_below_, p_of_being_above(mirrored, 0), of_look.any_change);
  }
  spend(p_far_above_, p_of_being_above(log_ratios, margin), of_look.far_change);
  spend(p_far_below_, p_of_being_above(mirrored, margin), of_look.far_change);
  spend(p_inside_,
        std::max(p_of_being_above(log_ratios, -margin), p_of_being_above(mirrored, -margin)),
        of_look.same);
  const auto family = static_cast<double>(std::max<std::size_t>(rules_.family, 1));
  if (is_far_above() && p_above_ * family <= rules_.alpha) {
    decision_ = place::above;
  } else if (is_far_below() && p_below_ * family <= rules_.alpha) {
    decision_ = place::below;
  } else if (p_inside_ <= rules_.alpha) {
    decision_ = place::inside;
  }
  return decision_;
}

}  // namespace nevaperf::stats
