// Writes stacks as a flame graph: one HTML file that needs nothing else.
//
// The page zooms, searches, turns the stacks round and goes by keyboard. Calls are coloured by
// module or, where two sides are compared, by their difference; there widths are the sum of both
// sides, so that what has vanished and what is new is seen too. The data lies in
// <script type="application/json" id="data">:
//   {"title", "type", "unit", "left_out", "frames": [[name, file, module]...],
//    "calls": [depth, frame, value, ...]}     (a parent before its children)
// with "old_and_new": true there are two values a call, the old one first.
// Stacks with negative values are left out. Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "profiles/diff/diff_tree.hpp"
#include "profiles/model/stack_view.hpp"

namespace nevaperf::profiles {

// More calls than this are not drawn: the smallest are left out.
inline constexpr std::size_t most_flame_calls = 50'000;

[[nodiscard]] std::string flame_graph_html(const stack_view& view, const std::string& title);
[[nodiscard]] std::string diff_flame_html(const aligned_sides& sides, const std::string& title);

}  // namespace nevaperf::profiles
