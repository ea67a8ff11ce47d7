// Two recordings -> a comparison: scenarios matched by name, units by name, every pair judged.
//
// Thread safety: pure functions.
#pragma once

#include <string>

#include "core/base/error.hpp"
#include "core/compare/comparison.hpp"
#include "core/formats/recording.hpp"

namespace nevaperf::compare {

struct labelled {
  std::string label;
  const formats::recording& data;
};

// An error if the two have no scenario and unit in common: nothing compared must never look like
// nothing changed.
[[nodiscard]] base::result<comparison> compare_recordings(const labelled& old_side,
                                                          const labelled& new_side,
                                                          const options& how);

}  // namespace nevaperf::compare
