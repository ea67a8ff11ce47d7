// Writes a view for other tools, and as a flame graph.
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

// More calls than this are not drawn: the smallest are left out.
inline constexpr std::size_t most_flame_calls = 50'000;

// One HTML file that needs nothing else: zoom, search, inverted stacks, keyboard, colours by
// module. The data lies in <script type="application/json" id="data">:
//   {"title", "type", "unit", "left_out", "frames": [[name, file, module]...],
//    "calls": [depth, frame, total, ...]}     (three numbers a call, a parent before its children)
[[nodiscard]] std::string flame_graph_html(const stack_view& view, const std::string& title);

}  // namespace nevaperf::profiles
