// Writes a view for other tools.
//
// Stacks with negative values cannot be shown by these formats and are left out.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "profiles/model/stack_view.hpp"

namespace nevaperf::profiles {

// "main;work;sum 12", one line for each stack, sorted; a ';' in a name becomes ':'.
[[nodiscard]] std::string folded_text(const stack_view& view);

// https://github.com/jlfwong/speedscope/wiki/Importing-from-custom-sources; one profile a view.
[[nodiscard]] std::string speedscope_json(std::span<const stack_view> views,
                                          const std::string& title);

}  // namespace nevaperf::profiles
