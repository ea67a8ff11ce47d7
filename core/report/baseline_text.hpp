// Baselines for people and as a list in JSON.
//
// Thread safety: pure functions.
#pragma once

#include <span>
#include <string>

#include "core/formats/baseline_json.hpp"

namespace nevaperf::report {

// Name, time, scenarios, commit, CPU: a line for each.
[[nodiscard]] std::string baseline_list_text(std::span<const formats::baseline> all, bool colour);

// {"schema": "nevaperf.baselines/1", "baselines": [{"name", "saved", "run", "scenarios", "commit",
// "cpu_model"}]}; what is not known is null.
[[nodiscard]] std::string baseline_list_json(std::span<const formats::baseline> all);

// Where and when the baseline was measured.
[[nodiscard]] std::string baseline_text(const formats::baseline& one);

}  // namespace nevaperf::report
