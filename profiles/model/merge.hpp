// Merges profiles: equal samples become one, with the sum of their values.
//
// All need the same sample types in the same order; the error says whose differ. The result has the
// earliest time, the sum of the durations, the comments of all (each once) and the period of the
// first. Thread safety: pure function.
#pragma once

#include <span>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

// The same sample types in the same order.
[[nodiscard]] bool same_types(const profile& a, const profile& b);

// At least one profile, all of them valid.
[[nodiscard]] base::result<profile> merge(std::span<const profile> all);

}  // namespace nevaperf::profiles
