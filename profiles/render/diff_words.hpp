// The parts of a difference as text, shared by its views.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "profiles/render/diff_views.hpp"

namespace nevaperf::profiles {

// What was compared and how; what became of the total.
[[nodiscard]] std::vector<std::string> heading_lines(const difference& d,
                                                     const diff_view_options& options);
[[nodiscard]] std::string heading_text(const difference& d, const diff_view_options& options);

[[nodiscard]] std::string signed_amount(double value, const std::string& unit);  // "+1.20 ms"
[[nodiscard]] std::string share_of_total(double value, const difference& d);     // "+1.2%", "~"
// "-0.3% ... +5.5%" of the old total; "~" where there are no bounds.
[[nodiscard]] std::string interval_of(const compared_value& value, const difference& d);
[[nodiscard]] std::string kind_mark(const function_difference& f);  // " (new)", " (vanished)", ""
[[nodiscard]] const char* verdict_of(const function_difference& f);

}  // namespace nevaperf::profiles
