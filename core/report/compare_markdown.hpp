// A comparison as Markdown, as GitHub shows it.
//
// Thread safety: pure functions. Nothing in a name can break out of its cell.
#pragma once

#include <string>

#include "core/compare/comparison.hpp"

namespace nevaperf::report {

[[nodiscard]] std::string compare_markdown(const compare::comparison& data, bool all);
// As that of its one comparison if it is plain; else a table for each group and unit.
[[nodiscard]] std::string compare_markdown(const compare::comparison_set& data, bool all);

}  // namespace nevaperf::report
