// Keeps the samples of a profile that a user asks for.
//
// Patterns are regular expressions of RE2, found anywhere in the name or file of a function, or in
// the file that is mapped at the place. A label pattern is KEY=PATTERN, or PATTERN for any key; a
// number is matched as its digits. Thread safety: pure function.
#pragma once

#include <string>
#include <vector>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

struct filter {
  std::vector<std::string> focus{};       // a sample has a frame for each of these
  std::vector<std::string> ignore{};      // and no frame for any of these
  std::vector<std::string> tag_focus{};   // and a label for each of these
  std::vector<std::string> tag_ignore{};  // and no label for any of these
};

// Removes the other samples; tables stay. A bad pattern is an error that shows it.
[[nodiscard]] base::result<void> apply(const filter& wanted, profile& p);

}  // namespace nevaperf::profiles
