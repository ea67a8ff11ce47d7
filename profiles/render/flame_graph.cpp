#include "profiles/render/flame_graph.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <vector>

#include "profiles/render/call_tree.hpp"

namespace nevaperf::profiles {

namespace {

using nlohmann::json;

constexpr const char page_start[] =
#include "flame_graph_start.inc"
    ;
constexpr const char page_end[] =
#include "flame_graph_end.inc"
    ;

// Inside a script element "<" could end it.
std::string embeddable(std::string text) {
  std::string made;
  for (const char c : text) {
    if (c == '<')
      made += "\\u003c";
    else
      made += c;
  }
  return made;
}

// A call of the page; a parent comes before its children.
struct flame_call {
  std::uint32_t frame;
  std::uint32_t parent;
  old_and_new value;  // of one side alone: the new one

  [[nodiscard]] double size() const { return value.old_value + value.new_value; }
};

// Whole numbers, as most values are, without a fraction.
json number(double value) {
  constexpr double most_exact = 0x1p53;
  if (value == std::floor(value) && std::fabs(value) < most_exact)
    return static_cast<std::int64_t>(value);
  return value;
}

// The size below which calls are left out.
double least_drawn(const std::vector<flame_call>& calls) {
  if (calls.size() <= most_flame_calls) return 0;
  std::vector<double> sizes;
  sizes.reserve(calls.size());
  for (const flame_call& each : calls) sizes.push_back(each.size());
  const auto nth = sizes.begin() + most_flame_calls;
  std::ranges::nth_element(sizes, nth, std::ranges::greater());
  return std::nextafter(*nth, INFINITY);
}

// The children of each call, the largest first.
std::vector<std::vector<std::uint32_t>> sorted_children(const std::vector<flame_call>& calls) {
  std::vector<std::vector<std::uint32_t>> all(calls.size());
  for (std::uint32_t i = 1; i < calls.size(); ++i) all[calls[i].parent].push_back(i);
  for (auto& children : all)
    std::ranges::stable_sort(children,
                             [&](auto a, auto b) { return calls[a].size() > calls[b].size(); });
  return all;
}

std::string page(const std::vector<flame_call>& calls, std::span<const frame> frames, json header,
                 bool has_old) {
  const double least = least_drawn(calls);
  const auto children = sorted_children(calls);
  json drawn = json::array();
  std::size_t left_out = 0;
  struct place {
    std::uint32_t call;
    std::size_t depth;
  };
  std::vector<place> todo{{0, 0}};
  while (!todo.empty()) {
    const place at = todo.back();
    todo.pop_back();
    const flame_call& call = calls[at.call];
    if (at.call != 0 && call.size() < least) {
      ++left_out;
      continue;
    }
    drawn.push_back(at.depth);
    drawn.push_back(call.frame);
    if (has_old) drawn.push_back(number(call.value.old_value));
    drawn.push_back(number(call.value.new_value));
    const auto& below = children[at.call];
    for (auto c = below.rbegin(); c != below.rend(); ++c) todo.push_back({*c, at.depth + 1});
  }
  json named = json::array();
  for (const frame& f : frames) named.push_back({f.name, f.file, f.module});
  header["left_out"] = left_out;
  header["old_and_new"] = has_old;
  header["frames"] = std::move(named);
  header["calls"] = std::move(drawn);
  // Broken UTF-8 of a name is replaced; everything beyond ASCII is escaped.
  return page_start + embeddable(header.dump(-1, ' ', true, json::error_handler_t::replace)) +
         page_end;
}

}  // namespace

std::string flame_graph_html(const stack_view& view, const std::string& title) {
  std::vector<flame_call> calls;
  const call_tree tree = make_call_tree(view);
  for (const call_node& node : tree.nodes)
    calls.push_back({.frame = node.frame,
                     .parent = node.parent,
                     .value = {.old_value = 0, .new_value = static_cast<double>(node.total)}});
  return page(calls, view.frames, {{"title", title}, {"type", view.type}, {"unit", view.unit}},
              false);
}

std::string diff_flame_html(const aligned_sides& sides, const std::string& title) {
  std::vector<flame_call> calls;
  for (const diff_node& node : make_diff_tree(sides))
    calls.push_back({.frame = node.frame, .parent = node.parent, .value = node.total});
  return page(calls, sides.frames, {{"title", title}, {"type", sides.type}, {"unit", sides.unit}},
              true);
}

}  // namespace nevaperf::profiles
