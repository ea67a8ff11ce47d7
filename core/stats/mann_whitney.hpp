// The Mann-Whitney U test: do two independent sets of samples come from one distribution?
//
// U counts the pairs (a, b) with a > b; equal pairs count a half. Up to the limits below the
// two-sided p-value is exact, given the ties that are there: the smaller tail of the permutation
// distribution, doubled (Mann, Whitney 1947; with ties Klotz 1966). Beyond them it is the normal
// approximation with corrections for ties and continuity. The limits are those of benchstat, whose
// users compare the numbers. Assumed: independent samples. Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace nevaperf::stats {

inline constexpr std::size_t mann_whitney_exact_limit = 50;       // samples a side, none equal
inline constexpr std::size_t mann_whitney_exact_ties_limit = 25;  // samples a side, some equal

struct mann_whitney_result {
  double u = 0;  // of the first set
  double p = 1;  // two-sided; 1 if all samples are equal
  bool is_exact = false;
};

// Finite samples in any order. Nothing if a side has none.
[[nodiscard]] std::optional<mann_whitney_result> mann_whitney(std::span<const double> a,
                                                              std::span<const double> b);

// The number of ways to choose which n_a of n_a + n_b different values are a's so that U = 0, 1,
// ... most. The sum over all U is the binomial coefficient (n_a + n_b, n_a).
[[nodiscard]] std::vector<double> mann_whitney_counts(std::size_t n_a, std::size_t n_b,
                                                      std::size_t most);

// The smallest p-value that n_a and n_b samples can have at all: none equal, all of a below b.
[[nodiscard]] double smallest_mann_whitney_p(std::size_t n_a, std::size_t n_b);

}  // namespace nevaperf::stats
