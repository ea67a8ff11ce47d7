// What the name of a unit says about it.
//
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "core/formats/recording.hpp"

namespace nevaperf::compare {

// "/op" is a cost, "/s" a rate; a time or a size is a cost. Of other units (counters) it is not
// known what is better.
[[nodiscard]] std::optional<formats::better> better_of(std::string_view unit);

// Counts that do not depend on the clock: they are compared exactly where they do not vary.
[[nodiscard]] bool is_count(std::string_view unit);

// The order in reports: time, CPU time, counts, the rest.
[[nodiscard]] int rank_of(std::string_view unit);

}  // namespace nevaperf::compare
