// How far comparisons on this machine can be trusted: pairs of processes of one and the same
// build, judged as two builds would be.
//
// The measured pairs are drawn again at random, with replacement, into many comparisons, each
// judged by the sequential test that `compare builds` uses (core/stats/sequential.hpp), with as
// many pairs as its time holds. The share of them that says slower or faster is the rate of false
// alarms. With a known change added to every pair, the smallest change that 95% of them find is the
// resolution. Drawing again cannot show what no measured pair shows: few pairs promise too much.
//
// Thread safety: pure function; the same seed gives the same figures. Units: natural logarithms of
// ratios, seconds, shares.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/stats/sequential.hpp"
#include "core/stats/signed_rank_interval.hpp"

namespace nevaperf::measure {

struct aa_question {
  double seconds_per_pair = 0;
  std::vector<double> budgets_seconds = {5, 30};  // of a comparison
  stats::sequential_rules rules;
  std::size_t comparisons = 1000;
  std::uint64_t seed = 1;
};

// Comparisons of one length.
struct aa_comparisons {
  double seconds = 0;
  std::size_t pairs = 0;
  double false_alarms = 0;  // share
  // As a share of the old value; nothing: not even the double is found.
  std::optional<double> resolution;
};

struct aa_figures {
  std::size_t pairs = 0;          // measured
  double spread = 0;              // standard deviation of a log-ratio, robust: from the quartiles
  stats::center_interval center;  // of the log-ratio, 95%; without bias it contains 0
  std::vector<aa_comparisons> comparisons;  // beside budgets_seconds
};

inline constexpr std::size_t least_aa_pairs = 12;

// Nothing if there are fewer than least_aa_pairs.
[[nodiscard]] std::optional<aa_figures> judge_identical(std::span<const double> log_ratios,
                                                        const aa_question& question);

}  // namespace nevaperf::measure
