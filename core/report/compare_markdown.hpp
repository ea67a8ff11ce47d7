// A comparison as Markdown, as GitHub shows it.
//
// Thread safety: pure functions. Nothing in a name can break out of its cell.
#pragma once

#include <string>

#include "core/compare/comparison.hpp"

namespace nevaperf::report {

[[nodiscard]] std::string compare_markdown(const compare::comparison& data, bool all);

}  // namespace nevaperf::report
