// Baseline files: a run under a name, JSON text "nevaperf.baseline/1". Grammar: baseline_format.md
// beside this file.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/model/run.hpp"

namespace nevaperf::formats {

inline constexpr const char* baseline_schema = "nevaperf.baseline/1";

// A profile that was saved with a baseline.
struct kept_profile {
  std::string name;  // as the user knows it
  std::string file;  // in the baseline's folder of profiles; no path

  friend bool operator==(const kept_profile&, const kept_profile&) = default;
};

struct baseline {
  std::string name;
  std::string saved;  // RFC 3339, UTC
  model::run run;
  std::vector<kept_profile> profiles = {};

  friend bool operator==(const baseline&, const baseline&) = default;
};

[[nodiscard]] base::result<std::string> write_baseline(const baseline& data);
[[nodiscard]] base::result<baseline> read_baseline(std::string_view text);

}  // namespace nevaperf::formats
