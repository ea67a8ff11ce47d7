// A comparison as comma-separated values (RFC 4180): a line for each row, all numbers with all
// their digits, in base units.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "core/compare/comparison.hpp"

namespace nevaperf::report {

[[nodiscard]] std::string compare_csv(const compare::comparison& data);
// If it is not one plain comparison, with the labels and the group in further columns at the end.
[[nodiscard]] std::string compare_csv(const compare::comparison_set& data);

}  // namespace nevaperf::report
