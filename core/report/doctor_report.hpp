// What disturbs measurement on a machine, for people and as JSON.
//
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/measure/aa_figures.hpp"
#include "core/measure/disturbance.hpp"
#include "core/model/environment.hpp"

namespace nevaperf::report {

struct doctor_findings {
  model::environment where;
  std::vector<measure::disturbance> disturbances;
  // Of identical builds, if they were compared.
  std::optional<measure::aa_figures> identical;
  std::string scenario;  // that was measured for it
  double pair_seconds = 0;
};

// A line about the machine, then each disturbance with its reason and its fix, the worst first;
// then what comparisons of identical builds say.
[[nodiscard]] std::string doctor_text(const doctor_findings& found, bool colour);

// {"schema": "nevaperf.doctor/1", "environment": {...}, "findings": [{"level", "code", "what",
// "why", "fix"}], "aa"?: {"scenario", "pairs", "pair_seconds", "spread", "center", "ci": [low,
// high], "comparisons": [{"seconds", "pairs", "false_alarms", "resolution"}]}}; the environment as
// in core/formats/run_format.md, ratios and changes as shares, a resolution that is worse than the
// double null.
[[nodiscard]] std::string doctor_json(const doctor_findings& found);

}  // namespace nevaperf::report
