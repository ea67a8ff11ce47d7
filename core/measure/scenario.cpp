#include "core/measure/scenario.hpp"

#include <algorithm>
#include <set>

namespace nevaperf::measure {

const scenario* find_scenario(std::span<const scenario> all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const scenario& known) { return known.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::optional<std::string> repeated_name(std::span<const scenario> all) {
  std::set<std::string_view> seen;
  for (const scenario& one : all) {
    if (!seen.insert(one.name).second) return one.name;
  }
  return std::nullopt;
}

}  // namespace nevaperf::measure
