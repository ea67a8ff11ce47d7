// Text that goes to a terminal: how wide it is there, and made harmless.
//
// Widths are terminal cells. Text is UTF-8; a byte that is none counts as one cell.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nevaperf::report {

// Combining marks take no cell, wide East Asian characters and emoji take two.
[[nodiscard]] std::size_t display_width(std::string_view text);

// The text on one line and without control characters, which a name from elsewhere may contain:
// line breaks and tabs become spaces, other control characters and broken UTF-8 become "?".
[[nodiscard]] std::string printable(std::string_view text);

enum class style { plain, bold, dim, red, yellow, green };

// The text between the escape codes of `how`; as it is if `colour` is off.
[[nodiscard]] std::string styled(std::string_view text, style how, bool colour);

}  // namespace nevaperf::report
