// Values of a profile as text for people.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>

namespace nevaperf::profiles {

// A value in its unit: "1.20 ms", "4.0 KiB", "12"; an unknown unit is named.
[[nodiscard]] std::string amount_text(double value, const std::string& unit);
[[nodiscard]] std::string amount_text(std::int64_t value, const std::string& unit);
// "12%", of `total`; "~" if there is none.
[[nodiscard]] std::string share_text(std::int64_t value, std::int64_t total);

}  // namespace nevaperf::profiles
