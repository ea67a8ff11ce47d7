// Wilcoxon's signed rank test: is the middle of paired differences zero?
//
// Differences of zero are left out, as Wilcoxon did; the others are ranked by size, and the ranks
// of the positive ones are added up. Up to the limit below the two-sided p-value is exact, given
// the ties that are there: the smaller tail over all 2^n signs, doubled. Beyond it it is the normal
// approximation with corrections for ties and continuity. Assumed: independent pairs, differences
// spread alike to both sides of their middle. Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace nevaperf::stats {

inline constexpr std::size_t wilcoxon_exact_limit = 50;

struct wilcoxon_result {
  double rank_sum = 0;  // of the positive differences
  double p = 1;         // two-sided; 1 if all differences are zero
  std::size_t n = 0;    // differences that are not zero
  bool is_exact = false;
};

// Finite differences in any order. Nothing if there are none.
[[nodiscard]] std::optional<wilcoxon_result> wilcoxon_signed_rank(
    std::span<const double> differences);

}  // namespace nevaperf::stats
