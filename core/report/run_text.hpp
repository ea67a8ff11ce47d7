// A run as text for people.
//
// Results and doubts are apart, since they go to different streams: standard output and standard
// error. Thread safety: pure functions. Every number is formatted by core/units; what is not known
// is shown as "~".
#pragma once

#include <string>

#include "core/model/run.hpp"

namespace nevaperf::report {

// A line for each scenario: median time, its interval, allocations, bytes, messages and
// what else was measured; below, why
// scenarios failed.
[[nodiscard]] std::string run_table(const model::run& data, bool colour);

// The warnings of the run and of its scenarios, each with its next step; equal ones once. Empty if
// there are none.
[[nodiscard]] std::string run_doubts(const model::run& data, bool colour);

}  // namespace nevaperf::report
