// The one place that turns numbers into text for people.
//
// Three significant digits, a unit chosen by size, a space between: "12.3 ns", "1.20 ms", "83.1
// M/s", "4.0 KiB". A value that is not finite is shown as "~", the sign of "not shown". Text of
// machine-readable formats is not made here. Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/units/quantity.hpp"

namespace nevaperf::units {

// Shown where a number is not known or a difference is not shown to exist.
inline constexpr const char* not_shown = "~";

[[nodiscard]] std::string format_duration(seconds value);  // "12.3 ns", "1.20 µs", "83.1 s"
[[nodiscard]] std::string format_elapsed(
    seconds value);  // for progress: "7 s", "2 min 05 s", "1 h 02 min"
[[nodiscard]] std::string format_bytes(double bytes);      // "512 B", "4.0 KiB", "1.5 GiB"
[[nodiscard]] std::string format_count(double count);      // "0", "42", "2.50", "12345", "1.20 M"
[[nodiscard]] std::string format_rate(double per_second);  // "83.1 M/s", "12.0 /s"

// Fractions of one, as percentages: 0.0123 -> "1.2%", 0.123 -> "12%", 0.00012 -> "0.01%".
[[nodiscard]] std::string format_percent(double fraction);
// With a sign: "+1.2%", "-12%", "0%".
[[nodiscard]] std::string format_change(double fraction);

// Half the width of an interval relative to its middle value: "±1.2%"; "±0%" if the interval is one
// point.
[[nodiscard]] std::string format_spread(double middle, double low, double high);

// A value of a metric, by the name of its unit; an unknown unit is shown as a count.
[[nodiscard]] std::string format_value(double value, std::string_view unit);

}  // namespace nevaperf::units
