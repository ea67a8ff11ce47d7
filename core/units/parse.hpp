// Reads quantities that a user wrote: "2s", "500ms", "64KiB", "2.5%".
//
// A number, then a unit, with or without a space between. Refused with an error that shows the text
// and the allowed units: anything else, negative numbers, nan, inf, and what does not fit. Thread
// safety: pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/error.hpp"
#include "core/units/quantity.hpp"

namespace nevaperf::units {

// "10ns", "3us" or "3µs", "500ms", "2s", "1.5min", "1h"; a bare number is seconds.
[[nodiscard]] base::result<seconds> parse_duration(std::string_view text);

// "4096", "64KiB", "1.5GiB" (powers of 1024), "64kB", "1MB" (powers of 1000); a bare number is
// bytes.
[[nodiscard]] base::result<std::uint64_t> parse_bytes(std::string_view text);

// A share of one: "2%" or "2" -> 0.02.
[[nodiscard]] base::result<double> parse_percent(std::string_view text);

// A whole number from `low` to `high`.
[[nodiscard]] base::result<std::uint64_t> parse_count(std::string_view text, std::uint64_t low,
                                                      std::uint64_t high);

}  // namespace nevaperf::units
