// Reads a profile of any kind, recognised by its content: profile.proto, gperftools' CPU, heap and
// contention profiles, folded stacks; each packed by gzip or not.
//
// Thread safety: pure function.
#pragma once

#include <string_view>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

[[nodiscard]] base::result<profile> read_profile(std::string_view bytes);

}  // namespace nevaperf::profiles
