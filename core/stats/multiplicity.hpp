// p-values of a whole family of tests, corrected for being many.
//
// An adjusted value is compared with the level that one test alone would have. Benjamini-Hochberg
// (1995) bounds the share of false findings among the findings, for independent or positively
// dependent tests: for reports. Holm (1979) bounds the probability of any false finding, whatever
// the dependence: for gates. Thread safety: pure functions.
#pragma once

#include <span>
#include <vector>

namespace nevaperf::stats {

// Adjusted values beside the given ones, at most 1.
[[nodiscard]] std::vector<double> benjamini_hochberg(std::span<const double> p);
[[nodiscard]] std::vector<double> holm(std::span<const double> p);

}  // namespace nevaperf::stats
