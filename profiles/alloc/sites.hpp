// What the names of an allocation profile tell: coroutine frames, and what each site allocates for
// one operation of a scenario.
//
// A coroutine's frame is allocated by its promise's operator new, which is called by nothing else.
//
// Thread safety: pure but for the profile.
#pragma once

#include <string>
#include <vector>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

// Gives samples of coroutine frames the label category: "coroutine frame".
void mark_coroutine_frames(profile& p);

// "allocs/op: 1.02", "B/op: 65.3", and for the largest sites "site: make_struct (structure.cpp:12):
// 1.02 allocs/op, 65.3 B/op". Empty without a note of the operations.
[[nodiscard]] std::vector<std::string> site_notes(const profile& p,
                                                  const std::vector<std::string>& notes);

}  // namespace nevaperf::profiles
