// What disturbs measurement on a machine, for people and as JSON.
//
// Thread safety: pure functions.
#pragma once

#include <span>
#include <string>

#include "core/measure/disturbance.hpp"
#include "core/model/environment.hpp"

namespace nevaperf::report {

// A line about the machine, then each disturbance with its reason and its fix, the worst first.
[[nodiscard]] std::string doctor_text(const model::environment& where,
                                      std::span<const measure::disturbance> found, bool colour);

// {"schema": "nevaperf.doctor/1", "environment": {...}, "findings": [{"level", "code", "what",
// "why", "fix"}]}; the environment as in core/formats/run_format.md.
[[nodiscard]] std::string doctor_json(const model::environment& where,
                                      std::span<const measure::disturbance> found);

}  // namespace nevaperf::report
