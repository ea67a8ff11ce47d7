// From what worker processes yielded to the metrics of a scenario and the doubts about them.
//
// Times and rates: the median of the slices is the sample of a process; over the processes the
// median with its 95% order-statistic interval; so are context switches and peak memory, one value
// a process. Allocations: counted once, exact. Instructions: counted twice, exact if both agree.
//
// Thread safety: pure functions.
#pragma once

#include <span>

#include "core/measure/subject.hpp"
#include "core/model/progress.hpp"
#include "core/model/scenario.hpp"

namespace nevaperf::measure {

// `results`: of any scenarios, in the order of finishing; those of `what` are taken. Without any
// the scenario is skipped.
[[nodiscard]] model::scenario condense(const subject& what,
                                       std::span<const model::process_result> results);

}  // namespace nevaperf::measure
