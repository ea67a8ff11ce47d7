// Midranks: the ranks of values of which some are equal.
//
// Equal values share the mean of the ranks that they take up. Ranks are counted from 1 and kept
// doubled, so that they are whole numbers: 2, 4, ... or, of two equal smallest values, 3 and 3.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace nevaperf::stats {

struct midranks {
  std::vector<std::uint64_t> doubled;  // beside the values, in their order
  std::vector<std::uint64_t> ties;     // sizes of the groups of equal values, smallest value first
  bool has_ties = false;

  // Sum of t^3 - t over the groups: what the variance of a rank statistic loses by ties.
  [[nodiscard]] double tie_term() const;
};

// Finite values, in any order.
[[nodiscard]] midranks rank_values(std::span<const double> values);

}  // namespace nevaperf::stats
