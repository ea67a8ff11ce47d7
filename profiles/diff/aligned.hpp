// The profiles of both sides over one table of functions, each with the factor that makes its
// values comparable.
//
// Functions are the same if their names are: a file that was renamed or rebuilt does not hide them.
// Thread safety: values; refer to the profiles that they were made from.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "profiles/diff/comparable.hpp"
#include "profiles/model/stack_view.hpp"

namespace nevaperf::profiles {

// What values are divided by.
enum class basis {
  operations,  // the profile's own number of them
  total,       // its own total; all are brought to the mean total of the old side
  recorded,    // nothing
};

[[nodiscard]] const char* to_text(basis b);

struct aligned_run {
  const profile* data = nullptr;
  std::size_t type = 0;
  stack_view view;                        // its frames are in aligned_sides::frames
  std::vector<std::uint32_t> frame_from;  // by the view's frame: the shared one
  double factor = 1;
};

struct aligned_sides {
  std::string type;
  std::string unit;
  basis by = basis::recorded;
  std::vector<frame> frames;
  std::vector<aligned_run> old_runs;
  std::vector<aligned_run> new_runs;
};

// `by`: none for operations where every profile says how many, else by total. An error if a profile
// lacks what was asked for.
[[nodiscard]] base::result<aligned_sides> align(std::span<const named_profile> old_side,
                                                std::span<const named_profile> new_side,
                                                const chosen_types& types, std::optional<basis> by);

}  // namespace nevaperf::profiles
