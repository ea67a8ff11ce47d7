// Paired measurements of two builds -> a comparison, every scenario judged.
//
// The ratio is the centre of the log-ratios (Hodges, Lehmann) with its interval; p is one-sided in
// the direction of the change, corrected for the looks (stats/sequential.hpp), and p_adjusted after
// Holm for all scenarios. `slower` and `faster` stand only if the control agrees and the log-ratios
// depend neither on their order nor on each other.
// Thread safety: pure functions. Units: seconds; logarithms of ratios are natural.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/compare/comparison.hpp"
#include "core/stats/sequential.hpp"

namespace nevaperf::compare {

struct paired_samples {
  std::string name;
  std::vector<double> old_seconds;  // of an operation, one a pair
  std::vector<double> new_seconds;
  std::vector<double> log_ratios;
  stats::sequential_test test;
  double pair_seconds = 0;  // what one more pair would take
  bool is_clear = true;     // the control cannot explain the change
  std::string failure;      // one line; empty if both sides succeeded
  bool failed_on_new = false;
};

struct paired_data {
  std::vector<paired_samples> rows;
  std::vector<std::string> only_old;  // names
  std::vector<std::string> only_new;
  bool is_biased = false;  // the control differs from itself: nothing is called changed
  std::string control;     // its interval, for people; empty: too few pairs
};

[[nodiscard]] comparison compare_pairs(const paired_data& data, const options& how);

}  // namespace nevaperf::compare
