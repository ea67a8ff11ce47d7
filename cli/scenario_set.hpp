// The scenarios that a command line can name: the default set and programs given as files.
//
// Thread safety: values; share nothing.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/measure/scenario.hpp"

namespace nevaperf::cli {

// "dir/prog.json" -> "program/prog"
[[nodiscard]] std::string program_scenario_name(const std::string& file);

// The scenario of a Neva IR file; refused if it cannot be read or is broken.
[[nodiscard]] base::result<measure::scenario> load_program_scenario(const base::file_system& files,
                                                                    const std::string& file);

// One line each (text), or {"schema": "nevaperf.scenarios/1", "scenarios": [{"name", "tags",
// "description"}]}.
[[nodiscard]] std::string scenario_list_text(const std::vector<measure::scenario>& scenarios,
                                             bool colour);
[[nodiscard]] std::string scenario_list_json(const std::vector<measure::scenario>& scenarios);

}  // namespace nevaperf::cli
