#include "profiles/alloc/sites.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "profiles/model/notes.hpp"

namespace nevaperf::profiles {

namespace {

constexpr std::size_t shown_sites = 15;
constexpr std::string_view frame_allocator = "promise_type::operator new";
// The allocation lies at most so many calls above the frame's own operator new.
constexpr std::size_t calls_looked_at = 8;

bool allocates_frames(const profile& p, const location& at) {
  return std::ranges::any_of(at.lines, [&](const line& l) {
    return !l.function.is_none() &&
           p.text(p.functions[l.function.index()].name).find(frame_allocator) != std::string::npos;
  });
}

// The text's id, which is added if it is new.
text_id text_in(profile& p, std::string_view text) {
  const auto known = std::ranges::find(p.texts, text);
  if (known == p.texts.end()) {
    p.texts.emplace_back(text);
    return text_id(static_cast<std::uint32_t>(p.texts.size() - 1));
  }
  return text_id(static_cast<std::uint32_t>(known - p.texts.begin()));
}

std::optional<double> operations_in(const std::vector<std::string>& notes) {
  const std::string start = note_text(operations_note, "");
  for (const std::string& note : notes) {
    if (!note.starts_with(start)) continue;
    double operations = 0;
    std::from_chars(note.data() + start.size(), note.data() + note.size(), operations);
    if (operations > 0) return operations;
  }
  return std::nullopt;
}

std::string number(double value) {
  char text[32];
  const int length = std::snprintf(text, sizeof text, "%.4g", value);
  return {text, static_cast<std::size_t>(std::max(length, 0))};
}

// Of the program or a library: the call that is nearest the allocator.
std::string site_of(const profile& p, const location& at) {
  if (at.lines.empty() || at.lines.front().function.is_none())
    return at.map.is_none() ? "[unknown]" : "[" + p.text(p.mappings[at.map.index()].file) + "]";
  const line& l = at.lines.front();
  const function& f = p.functions[l.function.index()];
  const std::string& file = p.text(f.file);
  if (file.empty()) return p.text(f.name);
  return p.text(f.name) + " (" + file.substr(file.find_last_of('/') + 1) + ":" +
         std::to_string(l.number) + ")";
}

}  // namespace

void mark_coroutine_frames(profile& p) {
  std::vector<bool> is_allocator;
  for (const location& at : p.locations) is_allocator.push_back(allocates_frames(p, at));
  if (std::ranges::find(is_allocator, true) == is_allocator.end()) return;
  const text_id key = text_in(p, "category");
  const text_id value = text_in(p, "coroutine frame");
  for (sample& s : p.samples) {
    const auto stack = p.stack_of(s);
    const auto near = stack.first(std::min(stack.size(), calls_looked_at));
    if (std::ranges::none_of(near, [&](location_id at) { return is_allocator[at.index()]; }))
      continue;
    // Labels of a sample lie together: they move to the end.
    const auto first = static_cast<std::uint32_t>(p.labels.size());
    for (std::uint32_t i = 0; i < s.label_count; ++i) {
      const label moved = p.labels[s.first_label + i];
      p.labels.push_back(moved);
    }
    p.labels.push_back({.key = key, .text = value, .number = 0, .unit = no_text});
    s.first_label = first;
    ++s.label_count;
  }
}

std::vector<std::string> site_notes(const profile& p, const std::vector<std::string>& notes) {
  const auto operations = operations_in(notes);
  if (!operations) return {};
  struct amount {
    double objects = 0;
    double bytes = 0;
  };
  std::map<std::string, amount> sites;
  amount all;
  for (std::size_t i = 0; i < p.samples.size(); ++i) {
    const auto stack = p.stack_of(p.samples[i]);
    amount& site =
        sites[stack.empty() ? "[unknown]" : site_of(p, p.locations[stack.front().index()])];
    const auto objects = static_cast<double>(p.values_of(i)[0]) / *operations;
    const auto bytes = static_cast<double>(p.values_of(i)[1]) / *operations;
    site.objects += objects;
    site.bytes += bytes;
    all.objects += objects;
    all.bytes += bytes;
  }
  std::vector<std::pair<std::string, amount>> order(sites.begin(), sites.end());
  std::ranges::stable_sort(
      order, [](const auto& a, const auto& b) { return a.second.bytes > b.second.bytes; });
  std::vector<std::string> made{note_text("allocs/op", number(all.objects)),
                                note_text("B/op", number(all.bytes))};
  for (std::size_t i = 0; i < order.size() && i < shown_sites; ++i)
    made.push_back(note_text("site", order[i].first + ": " + number(order[i].second.objects) +
                                         " allocs/op, " + number(order[i].second.bytes) + " B/op"));
  return made;
}

}  // namespace nevaperf::profiles
