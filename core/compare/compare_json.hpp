// A comparison as JSON "nevaperf.compare/1". Grammar: compare_format.md beside this file.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "core/compare/comparison.hpp"

namespace nevaperf::compare {

// One row a line. A value that is not finite, which JSON cannot hold, becomes null.
[[nodiscard]] std::string to_json_text(const comparison& data);
// The same document if it is one plain comparison; else one with all of them.
[[nodiscard]] std::string to_json_text(const comparison_set& data);

}  // namespace nevaperf::compare
