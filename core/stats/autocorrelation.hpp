// Do neighbouring values of a series resemble each other more than chance allows?
//
// The rank version of von Neumann's ratio (Bartels 1982): the sum of squared differences of
// neighbouring ranks, divided by the scatter of the ranks, is 2 on average if the order is random
// and falls towards 0 if neighbours are alike; normal approximation. Outliers do not sway it.
// Assumed: without dependence every order of the values is equally likely. Thread safety: pure
// functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace nevaperf::stats {

inline constexpr std::size_t least_for_autocorrelation = 10;

struct autocorrelation_result {
  double ratio = 2;
  double p = 1;  // one-sided: neighbours are alike
};

// Nothing if the values are fewer than least_for_autocorrelation or all equal.
[[nodiscard]] std::optional<autocorrelation_result> rank_autocorrelation(
    std::span<const double> series);

}  // namespace nevaperf::stats
