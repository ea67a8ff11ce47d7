// The kinds of profile that `nevaperf profile` knows.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "profiles/model/collector.hpp"

namespace nevaperf::cli {

// In the order in which they are gathered and shown.
[[nodiscard]] const std::vector<const profiles::profile_kind*>& all_profile_kinds();

// "cpu,alloc" or "all"; the error lists what there is.
[[nodiscard]] base::result<std::vector<const profiles::profile_kind*>> parse_profile_kinds(
    const std::string& text);

}  // namespace nevaperf::cli
