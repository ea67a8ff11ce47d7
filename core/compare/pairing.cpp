#include "core/compare/pairing.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace nevaperf::compare {

namespace {

using places = std::vector<std::size_t>;

constexpr std::size_t names_shown = 3;

// The name under which a scenario is matched. A file with one package does not repeat it in every
// name; beside a file with several it has to.
class naming {
 public:
  naming(const formats::recording& own, const formats::recording& other)
      : prefix_(!own.package.empty() && other.package.empty() && is_go(other) ? own.package + "."
                                                                              : "") {}

  [[nodiscard]] std::string of(const formats::recorded_scenario& one) const {
    return prefix_ + one.name;
  }

 private:
  static bool is_go(const formats::recording& data) {
    return data.kind == formats::recording_kind::go_benchmark;
  }
  std::string prefix_;
};

std::string_view local_name(const scenario_pair& one) {
  const auto& scenario = one.old_side != nullptr ? *one.old_side : *one.new_side;
  std::string_view name = one.name;
  if (!scenario.package.empty() && name.starts_with(scenario.package + ".")) {
    name.remove_prefix(scenario.package.size() + 1);
  }
  return name;
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < names_shown; ++i) {
    out += (i > 0 ? ", " : "") + names[i];
  }
  const std::size_t rest = names.size() - std::min(names.size(), names_shown);
  return rest > 0 ? out + " and " + std::to_string(rest) + " more" : out;
}

// Pairs what lies in another package by its name within it, if that is unique on both sides.
void join_moved(pairing& into) {
  struct sides {
    places old_only;
    places new_only;
  };
  std::unordered_map<std::string_view, sides> lonely;
  for (std::size_t i = 0; i < into.pairs.size(); ++i) {
    const scenario_pair& one = into.pairs[i];
    if (one.old_side != nullptr && one.new_side != nullptr) continue;
    const auto& scenario = one.old_side != nullptr ? *one.old_side : *one.new_side;
    if (scenario.package.empty()) continue;
    sides& at = lonely[local_name(one)];
    (one.old_side != nullptr ? at.old_only : at.new_only).push_back(i);
  }
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> moves;
  for (std::size_t i = 0; i < into.pairs.size(); ++i) {
    scenario_pair& one = into.pairs[i];
    if (one.old_side == nullptr || one.new_side != nullptr) continue;
    const auto found = lonely.find(local_name(one));
    if (found == lonely.end()) continue;
    const sides& at = found->second;
    if (at.old_only.size() != 1 || at.new_only.size() != 1) continue;
    one.new_side = std::exchange(into.pairs[at.new_only.front()].new_side, nullptr);
    moves[{one.old_side->package, one.new_side->package}].emplace_back(local_name(one));
  }
  std::erase_if(into.pairs, [](const scenario_pair& one) {
    return one.old_side == nullptr && one.new_side == nullptr;
  });
  for (const auto& [packages, names] : moves) {
    into.warnings.push_back(
        {.code = "moved-package",
         .text = "matched across packages, '" + packages.first + "' and '" + packages.second +
                 "': " + listed(names),
         .next = "if they are not the same benchmarks, leave them out with --filter"});
  }
}

// Names that are gone and new ones that are most like each other.
void hint_at_renames(pairing& into) {
  places gone;
  places added;
  for (std::size_t i = 0; i < into.pairs.size(); ++i) {
    const scenario_pair& one = into.pairs[i];
    if (one.old_side != nullptr && one.new_side != nullptr) continue;
    (one.old_side != nullptr ? gone : added).push_back(i);
  }
  constexpr std::size_t many = 200;  // then it is another set of benchmarks
  if (gone.empty() || added.empty() || gone.size() > many || added.size() > many) return;
  const auto best_for = [&](std::size_t place, const places& among) {
    constexpr double alike = 0.6;
    std::optional<std::size_t> best;
    double most = alike;
    for (const std::size_t other : among) {
      const double now = likeness(local_name(into.pairs[place]), local_name(into.pairs[other]));
      if (now < most) continue;
      best = now == most ? std::nullopt : std::optional(other);  // two alike are no hint
      most = now;
    }
    return best;
  };
  std::vector<std::string> hints;
  for (const std::size_t place : gone) {
    const auto best = best_for(place, added);
    if (!best || best_for(*best, gone) != place) continue;
    hints.push_back(into.pairs[place].name + " -> " + into.pairs[*best].name);
  }
  if (hints.empty()) return;
  into.warnings.push_back({.code = "perhaps-renamed",
                           .text = "perhaps renamed: " + listed(hints),
                           .next = "give both sides one name to compare them"});
}

std::vector<std::uint16_t> letter_pairs(std::string_view name) {
  const auto lower = [](char c) {
    return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  };
  std::vector<std::uint16_t> out;
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    out.push_back(static_cast<std::uint16_t>(lower(name[i]) << 8 | lower(name[i + 1])));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

double likeness(std::string_view one, std::string_view other) {
  const auto a = letter_pairs(one);
  const auto b = letter_pairs(other);
  if (a.empty() || b.empty()) return one == other ? 1 : 0;
  std::vector<std::uint16_t> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return 2 * static_cast<double>(both.size()) / static_cast<double>(a.size() + b.size());
}

pairing pair_up(const formats::recording& old_side, const formats::recording& new_side) {
  const naming old_names(old_side, new_side);
  const naming new_names(new_side, old_side);
  pairing out;
  std::unordered_map<std::string, std::size_t> old_places;
  out.pairs.reserve(old_side.scenarios.size());
  for (const formats::recorded_scenario& one : old_side.scenarios) {
    old_places.emplace(old_names.of(one), out.pairs.size());
    out.pairs.push_back({old_names.of(one), &one, nullptr});
  }
  for (const formats::recorded_scenario& one : new_side.scenarios) {
    std::string name = new_names.of(one);
    const auto found = old_places.find(name);
    if (found != old_places.end()) {
      out.pairs[found->second].new_side = &one;
    } else {
      out.pairs.push_back({std::move(name), nullptr, &one});
    }
  }
  join_moved(out);
  hint_at_renames(out);
  return out;
}

}  // namespace nevaperf::compare
