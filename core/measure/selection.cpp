#include "core/measure/selection.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace nevaperf::measure {

namespace {

constexpr std::string_view tag_prefix = "tag:";

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
  return out;
}

bool is_pattern(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

// Inserted, removed or changed characters that lead from one text to the other.
std::size_t edit_distance(std::string_view one, std::string_view other) {
  std::vector<std::size_t> row(other.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < one.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < other.size(); ++j) {
      const std::size_t changed = diagonal + (one[i] == other[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::vector<std::size_t> fitting(std::span<const selectable> from, std::string_view filter) {
  std::vector<std::size_t> found;
  const bool by_tag = lower(filter).starts_with(tag_prefix);
  if (by_tag) filter.remove_prefix(tag_prefix.size());
  const std::string text = lower(filter);
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (by_tag) {
      const auto& tags = from[i].tags;
      if (std::any_of(tags.begin(), tags.end(),
                      [&](const std::string& tag) { return pattern_fits(filter, tag); })) {
        found.push_back(i);
      }
    } else if (lower(from[i].name) == text) {
      return {i};
    } else if (is_pattern(filter) ? pattern_fits(filter, from[i].name)
                                  : lower(from[i].name).find(text) != std::string::npos) {
      found.push_back(i);
    }
  }
  return found;
}

base::error nothing_fits(std::span<const selectable> from, const std::string& filter) {
  std::vector<std::string_view> known;
  const bool by_tag = lower(filter).starts_with(tag_prefix);
  for (const selectable& one : from) {
    if (by_tag) {
      known.insert(known.end(), one.tags.begin(), one.tags.end());
    } else {
      known.push_back(one.name);
    }
  }
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  const std::string_view wanted =
      std::string_view(filter).substr(by_tag ? tag_prefix.size() : std::size_t{0});
  std::string close;
  for (const std::string& name : closest_names(known, wanted, 3)) {
    close += (close.empty() ? "did you mean " : ", ") + name;
  }
  if (!close.empty()) close += "; ";
  return {.what = std::string("no scenario has ") + (by_tag ? "this tag" : "this name"),
          .where = "filter '" + filter + "'",
          .next = close + "see nevaperf bench --list"};
}

}  // namespace

bool pattern_fits(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;  // the last '*'; it has taken the text up to `taken`
  std::size_t taken = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      taken = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || lower(pattern[p]) == lower(text[t]))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::vector<std::string> closest_names(std::span<const std::string_view> names,
                                       std::string_view wanted, std::size_t count) {
  const std::string text = lower(wanted);
  std::vector<std::pair<std::size_t, std::string_view>> ranked;
  for (const std::string_view name : names) {
    const std::size_t distance = edit_distance(lower(name), text);
    if (distance < std::max(name.size(), text.size())) ranked.emplace_back(distance, name);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> out;
  for (std::size_t i = 0; i < ranked.size() && i < count; ++i) out.emplace_back(ranked[i].second);
  return out;
}

base::result<std::vector<std::size_t>> select_scenarios(std::span<const selectable> from,
                                                        std::span<const std::string> filters) {
  std::vector<bool> chosen(from.size(), filters.empty());
  for (const std::string& filter : filters) {
    const std::vector<std::size_t> found = fitting(from, filter);
    if (found.empty()) return nothing_fits(from, filter);
    for (const std::size_t i : found) chosen[i] = true;
  }
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (chosen[i]) places.push_back(i);
  }
  return places;
}

}  // namespace nevaperf::measure
