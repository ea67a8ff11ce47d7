// The scenarios of the default set, one family a file of this folder.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/measure/scenario.hpp"

namespace nevaperf::playbook {

std::vector<measure::scenario> channel_scenarios();  // messages between nodes
std::vector<measure::scenario> node_scenarios();     // functions of the runtime's library
std::vector<measure::scenario> graph_scenarios();    // small graphs as a whole, and starting one
std::vector<measure::scenario> program_scenarios();  // Neva programs of playbook/programs

// All of them, in the order of the report.
std::vector<measure::scenario> default_scenarios();

// A Neva program as a scenario: one operation is one whole run, from start to stop, in this
// process. Its output is dropped. Broken IR is an error.
base::result<measure::scenario> program_scenario(std::string name, std::string ir_json);

}  // namespace nevaperf::playbook
