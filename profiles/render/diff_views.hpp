// A difference of profiles as text for a terminal, as Markdown, as JSON and as folded stacks.
//
// Thread safety: pure functions; each text ends in a line break.
#pragma once

#include <string>
#include <vector>

#include "profiles/diff/difference.hpp"

namespace nevaperf::profiles {

struct diff_view_options {
  std::vector<std::string> old_files;
  std::vector<std::string> new_files;
  std::size_t rows = 20;  // 0: all
  bool all = false;       // what lies within the noise too
};

[[nodiscard]] std::string diff_text(const difference& d, const diff_view_options& options);
[[nodiscard]] std::string diff_markdown(const difference& d, const diff_view_options& options);

// {"schema": "nevaperf.profile_diff/1", "type", "unit", "normalised": "operations|total|none",
//  "bounds": "counts|runs|none", "confidence", "correction",
//  "old": {"files", "total", "recorded"}, "new": ...,
//  "total": VALUE, "rows": [{"function", "file", "module",
//    "verdict": "grew|shrank|vanished|new|noise", "flat": VALUE, "cumulative": VALUE}...],
//  "changed", "within_noise", "warnings": [{"code", "text", "next"}...]}
// VALUE: {"old", "new", "change", "ci": [LOW, HIGH] or null, "p"}; all functions, in one order.
[[nodiscard]] std::string diff_json(const difference& d, const diff_view_options& options);

// "main;work;sum OLD NEW" (https://github.com/brendangregg/FlameGraph), whole numbers: the values
// of the new side are brought to what the old one's mean run recorded.
[[nodiscard]] std::string diff_folded_text(const aligned_sides& sides);

}  // namespace nevaperf::profiles
