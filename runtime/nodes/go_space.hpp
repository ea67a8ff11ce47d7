// White space as Go's `unicode.IsSpace` and `strings.TrimSpace` see it.
//
// Thread safety: pure functions.
#pragma once

#include <string_view>

namespace nevaperf::runtime {

[[nodiscard]] bool is_go_space(char32_t character);
[[nodiscard]] std::string_view trim_go_space(std::string_view text);

}  // namespace nevaperf::runtime
