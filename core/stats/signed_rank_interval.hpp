// The centre of paired differences with its interval, after Hodges and Lehmann (1963).
//
// The centre is the median of all means of two differences (Walsh averages, each difference with
// itself too); the interval lies between two of them, found by inverting Wilcoxon's signed rank
// test. Exact up to wilcoxon_exact_limit differences, normal approximation beyond. Its steps are
// much finer than those of the sign test: it holds 95.3% with 7 differences where the order
// statistics hold 98.4%. Assumed: independent differences, spread alike to both sides of their
// centre. Differences of two builds are, where chance says which of a pair is measured first: if
// the builds do not differ, exchanging the names of the two changes nothing.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace nevaperf::stats {

struct center_interval {
  double center = 0;
  double low = 0;
  double high = 0;
  double confidence = 0;  // that the interval really has
  bool is_range = false;  // too few differences for the confidence asked for: it has less
};

// Finite differences in any order; nothing if there are none.
[[nodiscard]] std::optional<center_interval> interval_of_center(std::span<const double> differences,
                                                                double confidence);

}  // namespace nevaperf::stats
