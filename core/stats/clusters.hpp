// Do the values fall into two groups, such as a fast and a slow mode of a program?
//
// The values, sorted, are cut where the two parts explain most of the scatter (the largest share
// of the sum of squares between them, as k-means with two centres). Even one even group is cut so
// that this share is high, the more the fewer values: the critical shares are those that samples of
// the uniform distribution, the flattest of one group, exceed in 0.5% of cases; normal,
// log-normal, exponential and heavy-tailed (t with 3 degrees) samples exceed them as seldom
// (simulated: tests/core/stats/clusters_test.cpp). A part has an eighth of the values at least, and
// two: fewer are outliers. Assumed: independent samples. Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace nevaperf::stats {

struct two_groups {
  std::size_t low_count = 0;
  std::size_t high_count = 0;
  double low_mean = 0;
  double high_mean = 0;
};

inline constexpr std::size_t least_for_groups = 6;

// Finite values in any order. Nothing if they are fewer than least_for_groups or show no groups.
[[nodiscard]] std::optional<two_groups> find_two_groups(std::vector<double> values);

}  // namespace nevaperf::stats
