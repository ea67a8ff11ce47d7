#include "profiles/render/exports.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace nevaperf::profiles {

namespace {

using nlohmann::json;

std::string speedscope_unit(const std::string& unit) {
  for (const char* known : {"nanoseconds", "microseconds", "milliseconds", "seconds", "bytes"})
    if (unit == known) return unit;
  return "none";
}

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
  // Broken UTF-8 of a name is replaced; everything beyond ASCII is escaped.
  return document.dump(-1, ' ', true, json::error_handler_t::replace) + "\n";
}

}  // namespace nevaperf::profiles
