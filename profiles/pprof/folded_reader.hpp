// Reads folded stacks, one a line, root first (https://github.com/brendangregg/FlameGraph):
//
//   main;work;sum 12
//
// The number stands after the last blank: names may contain blanks. Type: samples/count.
// Thread safety: pure functions.
#pragma once

#include <string_view>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

// By the first line that is not empty.
[[nodiscard]] bool is_folded(std::string_view bytes);
[[nodiscard]] base::result<profile> read_folded(std::string_view bytes);

}  // namespace nevaperf::profiles
