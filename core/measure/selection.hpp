// Which scenarios a user means: filters over names and tags.
//
//   hop          names that contain the text
//   pipeline/*   names that the pattern fits as a whole: '*' any text, '?' any one character
//   tag:micro    scenarios with a tag (or a pattern of tags)
//
// Upper and lower case are alike. A text that is the whole name of a scenario means that one alone.
//
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"

namespace nevaperf::measure {

struct selectable {
  std::string_view name;
  std::span<const std::string> tags;
};

// The places in `from`, ascending, that at least one filter fits; all if there is no filter. A
// filter that fits nothing is an error that names the closest scenarios: an empty match must never
// look like a success.
[[nodiscard]] base::result<std::vector<std::size_t>> select_scenarios(
    std::span<const selectable> from, std::span<const std::string> filters);

// '*' and '?' as in a shell, except that '*' also fits '/'. Case does not matter.
[[nodiscard]] bool pattern_fits(std::string_view pattern, std::string_view text);

// Up to `count` names, the most similar first; those that share nothing with `wanted` are left out.
[[nodiscard]] std::vector<std::string> closest_names(std::span<const std::string_view> names,
                                                     std::string_view wanted, std::size_t count);

}  // namespace nevaperf::measure
