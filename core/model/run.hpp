// The pure data of a run: what was measured, where, when, with what result.
//
// No input or output and no formats here; core/formats/run_json.hpp reads and writes it.
// Thread safety: values; share nothing.
// Invariant: the names of the scenarios differ.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/environment.hpp"
#include "core/model/scenario.hpp"
#include "core/model/warning.hpp"

namespace nevaperf::model {

inline constexpr const char* run_schema = "nevaperf.run/1";

struct run {
  std::string id;       // a file name without its suffix: "20240501T120000Z-3f9a"
  std::string created;  // RFC 3339, UTC
  std::string tool;     // the version of nevaperf that measured: "0.1.0"
  model::environment environment;
  std::vector<scenario> scenarios;
  std::vector<warning>
      warnings;  // about the whole run: the machine is loaded, the run was cut short

  friend bool operator==(const run&, const run&) = default;
};

// nullptr if there is none of this name.
[[nodiscard]] const scenario* find_scenario(const run& where, std::string_view name);

}  // namespace nevaperf::model
