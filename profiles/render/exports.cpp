#include "profiles/render/exports.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "profiles/render/call_tree.hpp"

namespace nevaperf::profiles {

namespace {

using nlohmann::json;

// Broken UTF-8 of a name is replaced; everything beyond ASCII is escaped.
std::string dumped(const json& document) {
  return document.dump(-1, ' ', true, json::error_handler_t::replace);
}

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

std::string speedscope_unit(const std::string& unit) {
  for (const char* known : {"nanoseconds", "microseconds", "milliseconds", "seconds", "bytes"})
    if (unit == known) return unit;
  return "none";
}

constexpr const char page_start[] =
#include "flame_graph_start.inc"
    ;
constexpr const char page_end[] =
#include "flame_graph_end.inc"
    ;

}  // namespace

std::string folded_text(const stack_view& view) {
  std::map<std::string, std::int64_t> sums;
  for (const view_stack& s : view.stacks) {
    if (s.value < 0) continue;
    std::string key;
    for (const std::uint32_t frame : view.calls_of(s)) {
      std::string name = view.frames[frame].name;
      std::ranges::replace(name, ';', ':');
      key += (key.empty() ? "" : ";") + name;
    }
    std::int64_t& sum = sums[key.empty() ? "[unknown]" : key];
    sum = add_saturated(sum, s.value);
  }
  std::string text;
  for (const auto& [stack, value] : sums) text += stack + " " + std::to_string(value) + "\n";
  return text;
}

std::string speedscope_json(std::span<const stack_view> views, const std::string& title) {
  json document = {{"$schema", "https://www.speedscope.app/file-format-schema.json"},
                   {"name", title},
                   {"exporter", "nevaperf"},
                   {"activeProfileIndex", 0}};
  json frames = json::array();
  json profiles = json::array();
  for (const stack_view& view : views) {
    const std::size_t first = frames.size();
    for (const frame& f : view.frames) {
      json each = {{"name", f.name}};
      if (!f.file.empty()) each["file"] = f.file;
      frames.push_back(std::move(each));
    }
    json samples = json::array();
    json weights = json::array();
    std::int64_t end = 0;
    for (const view_stack& s : view.stacks) {
      if (s.value < 0) continue;
      json stack = json::array();
      for (const std::uint32_t call : view.calls_of(s)) stack.push_back(first + call);
      samples.push_back(std::move(stack));
      weights.push_back(s.value);
      end = add_saturated(end, s.value);
    }
    profiles.push_back({{"type", "sampled"},
                        {"name", view.type},
                        {"unit", speedscope_unit(view.unit)},
                        {"startValue", 0},
                        {"endValue", end},
                        {"samples", std::move(samples)},
                        {"weights", std::move(weights)}});
  }
  document["shared"] = {{"frames", std::move(frames)}};
  document["profiles"] = std::move(profiles);
  return dumped(document) + "\n";
}

std::string flame_graph_html(const stack_view& view, const std::string& title) {
  const call_tree tree = make_call_tree(view);
  const auto children = children_of(tree);
  std::int64_t least = 0;
  if (tree.nodes.size() > most_flame_calls) {
    std::vector<std::int64_t> sizes;
    for (const call_node& node : tree.nodes) sizes.push_back(node.total);
    const auto nth = sizes.begin() + most_flame_calls;
    std::ranges::nth_element(sizes, nth, std::ranges::greater());
    least = add_saturated(*nth, 1);
  }
  json calls = json::array();
  std::size_t left_out = 0;
  struct place {
    std::uint32_t node;
    std::size_t depth;
  };
  std::vector<place> todo{{0, 0}};
  while (!todo.empty()) {
    const place at = todo.back();
    todo.pop_back();
    const call_node& node = tree.nodes[at.node];
    if (at.node != 0 && node.total < least) {
      ++left_out;
      continue;
    }
    calls.push_back(at.depth);
    calls.push_back(node.frame);
    calls.push_back(node.total);
    for (auto c = children[at.node].rbegin(); c != children[at.node].rend(); ++c)
      todo.push_back({*c, at.depth + 1});
  }
  json frames = json::array();
  for (const frame& f : view.frames) frames.push_back({f.name, f.file, f.module});
  const json document = {
      {"title", title},       {"type", view.type},           {"unit", view.unit},
      {"left_out", left_out}, {"frames", std::move(frames)}, {"calls", std::move(calls)}};
  return page_start + embeddable(dumped(document)) + page_end;
}

}  // namespace nevaperf::profiles
