// The comparison of one metric of one scenario, and its verdict.
//
// In two steps, since the correction for many tests needs the p-values of all rows first: measure()
// gives the row with its estimate and p-value, decide() the verdict.
// Thread safety: pure functions.
#pragma once

#include <span>
#include <string>

#include "core/compare/comparison.hpp"
#include "core/formats/recording.hpp"

namespace nevaperf::compare {

// What is known of the unit of a row.
struct unit_knowledge {
  std::optional<formats::better> direction;
  bool is_exact = false;  // compare exactly where the values do not vary
};

struct metric_pair {
  std::span<const double> old_values;
  std::span<const double> new_values;
};

[[nodiscard]] side summarize_side(std::span<const double> values, double confidence);

// A row with everything but p_adjusted, verdict and warnings.
[[nodiscard]] row measure(std::string name, std::string unit, const metric_pair& values,
                          const unit_knowledge& known, const options& how);

// Fills in the verdict of a measured row, and the warnings that explain an `unsure`.
void decide(row& into, const unit_knowledge& known, const options& how, bool is_refused);

}  // namespace nevaperf::compare
