#include "profiles/diff/comparable.hpp"

#include <algorithm>
#include <optional>

#include "profiles/model/notes.hpp"

namespace nevaperf::profiles {

namespace {

constexpr double most_period_ratio = 1.25;
constexpr const char* advice =
    "compare profiles of one kind, or say --anyway to compare them all the same";

std::string type_text(const profile& p, std::size_t type) {
  return "'" + p.text(p.types[type].type) + "' in '" + p.text(p.types[type].unit) + "'";
}

std::string period_text(const profile& p) {
  return std::to_string(p.period) + " " + p.text(p.period_type.unit);
}

bool same_period(const profile& a, const profile& b) {
  if (a.period <= 0 || b.period <= 0) return true;  // not known
  if (a.text(a.period_type.unit) != b.text(b.period_type.unit)) return false;
  const auto [low, high] = std::minmax(a.period, b.period);
  return static_cast<double>(high) <= most_period_ratio * static_cast<double>(low);
}

// Why one profile does not go with the first; empty: it does.
std::string obstacle(const profile& first, std::size_t first_type, const profile& other,
                     std::size_t type) {
  if (first.text(first.types[first_type].type) != other.text(other.types[type].type) ||
      first.text(first.types[first_type].unit) != other.text(other.types[type].unit))
    return "it has " + type_text(other, type) + ", the first " + type_text(first, first_type);
  if (!same_period(first, other))
    return "it was sampled every " + period_text(other) + ", the first every " + period_text(first);
  const auto allocator = find_note(first, allocator_note);
  const auto others = find_note(other, allocator_note);
  if (allocator && others && *allocator != *others)
    return "its allocator was " + *others + ", that of the first " + *allocator;
  return {};
}

}  // namespace

base::result<chosen_types> comparable(std::span<const named_profile> old_side,
                                      std::span<const named_profile> new_side,
                                      const std::string& type, bool anyway) {
  const profile& first = old_side.front().data;
  const auto first_type = find_type(first, type);
  if (!first_type) return first_type.error().within(old_side.front().name);
  const std::string wanted = first.text(first.types[*first_type].type);
  chosen_types made;
  const auto choose = [&](std::span<const named_profile> side,
                          std::vector<std::size_t>& chosen) -> base::result<void> {
    for (const named_profile& each : side) {
      auto found = find_type(each.data, wanted);
      if (!found && anyway) found = find_type(each.data, "");
      if (!found) {
        base::error e = found.error().within(each.name);
        e.next += "; " + std::string(advice);
        return e;
      }
      const std::string why = obstacle(first, *first_type, each.data, *found);
      if (!why.empty() && !anyway)
        return base::error{.what = "not comparable: " + why, .where = each.name, .next = advice};
      if (!why.empty())
        made.doubts.push_back({.code = "not-comparable",
                               .text = each.name + ": " + why,
                               .next = "compare profiles of one kind"});
      chosen.push_back(*found);
    }
    return {};
  };
  if (auto done = choose(old_side, made.of_old); !done) return done.error();
  if (auto done = choose(new_side, made.of_new); !done) return done.error();
  return made;
}

}  // namespace nevaperf::profiles
