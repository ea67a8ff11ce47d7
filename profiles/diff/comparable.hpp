// Whether profiles may be compared at all.
//
// Refused: other sample types or units, another sampling period (more than 25% apart: a CPU profile
// states the period that it obtained, not the one asked for), another allocator.
// Thread safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/model/warning.hpp"
#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

struct named_profile {
  std::string name;  // the file
  profile data;
};

struct chosen_types {
  std::vector<std::size_t> of_old;  // the type of each profile
  std::vector<std::size_t> of_new;
  std::vector<model::warning> doubts;  // what would have been refused
};

// At least one profile a side. `type`: empty for the default of the first old one. `anyway` turns
// what can be overlooked into doubts.
[[nodiscard]] base::result<chosen_types> comparable(std::span<const named_profile> old_side,
                                                    std::span<const named_profile> new_side,
                                                    const std::string& type, bool anyway);

}  // namespace nevaperf::profiles
