// Known extra work, to see whether a comparison finds it: NEVAPERF_INJECT=3% makes a worker do
// three operations more for every hundred that it says it did.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>

#include "core/base/error.hpp"

namespace nevaperf::measure {

// A share of the work, from the text of the variable (nullptr: none); at most ten times.
[[nodiscard]] base::result<double> injected_share(const char* text);

[[nodiscard]] std::uint64_t with_injection(std::uint64_t iterations, double share);
// How many iterations to admit of those that were done.
[[nodiscard]] std::uint64_t without_injection(std::uint64_t iterations, double share);

}  // namespace nevaperf::measure
