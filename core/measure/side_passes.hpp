// What is measured beside the time of a scenario, in passes of their own: allocations, context
// switches, memory, instructions.
//
// Values go into a process result under their units; a metric that cannot be had is missing, with a
// warning that tells why. A failure returned is the scenario's own. Thread safety: owner only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/measure/subject.hpp"
#include "core/measure/worker_link.hpp"
#include "core/model/progress.hpp"

namespace nevaperf::measure {

inline constexpr const char* no_instructions = "no-instructions";  // the warning that they lack

using pass_failure = std::optional<worker_failure>;

// allocs/op and B/op, in a worker that counts (allocation_counter.hpp) and has run before.
pass_failure count_allocations(worker_link& worker, std::uint64_t iterations,
                               model::process_result& into);

// ctx-switches/op and the peak memory, at the end of a worker's life.
pass_failure look_at_usage(worker_link& worker, std::uint64_t iterations,
                           model::process_result& into);

// instructions/op, twice, each in a process of its own under callgrind, with its files in `folder`.
// Whatever goes wrong there only lacks the metric, but for an interrupt.
pass_failure count_instructions(worker_world& world, const subject& what, const std::string& folder,
                                std::uint64_t iterations, model::process_result& into);

}  // namespace nevaperf::measure
