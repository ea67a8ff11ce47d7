#include "cli/profile_kinds.hpp"

#include <algorithm>
#include <string_view>

#include "profiles/alloc/alloc_kind.hpp"
#include "profiles/contention/contention_kind.hpp"
#include "profiles/cpu/cpu_kind.hpp"

namespace nevaperf::cli {

const std::vector<const profiles::profile_kind*>& all_profile_kinds() {
  static const std::vector<const profiles::profile_kind*> all{&profiles::cpu_kind(),
                                                              &profiles::alloc_kind(),
                                                              &profiles::contention_kind()};
  return all;
}

base::result<std::vector<const profiles::profile_kind*>> parse_profile_kinds(
    const std::string& text) {
  const auto& known = all_profile_kinds();
  if (text == "all") return known;
  std::vector<const profiles::profile_kind*> wanted;
  std::string_view rest = text;
  while (true) {
    const std::string_view name = rest.substr(0, rest.find(','));
    const auto found =
        std::ranges::find_if(known, [&](const auto* kind) { return kind->name() == name; });
    if (found == known.end()) {
      std::string names;
      for (const auto* kind : known) names += std::string(kind->name()) + ", ";
      return base::error{.what = "unknown kind of profile '" + std::string(name) + "'",
                         .where = "nevaperf profile",
                         .next = "known are " + names + "or all; or a verb: show, diff"};
    }
    if (std::ranges::find(wanted, *found) == wanted.end()) wanted.push_back(*found);
    if (name.size() == rest.size()) return wanted;
    rest.remove_prefix(name.size() + 1);
  }
}

}  // namespace nevaperf::cli
