// The built-in scenarios, one family a file of this folder.
//
// Every scenario has one tier as its first tag:
//
//   micro    one operation on a value, or one message between two nodes
//   node     one function of the runtime's library, with the messages that it takes and sends
//   graph    a small graph as a whole
//   program  a Neva program, or a process
//
// `default` marks what is measured if nothing is named; `go` what Neva's own Go suite measures too,
// under the same name; `variant` a variant of the runtime beside its default.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/measure/scenario.hpp"

namespace nevaperf::playbook {

// The default set, in the order of the report.
std::vector<measure::scenario> channel_scenarios();  // messages between nodes
std::vector<measure::scenario> node_scenarios();     // functions of the runtime's library
std::vector<measure::scenario> graph_scenarios();    // small graphs as a whole, and starting one
std::vector<measure::scenario> program_scenarios();  // Neva programs of playbook/programs

// Neva's own suite.
std::vector<measure::scenario> list_scenarios();
std::vector<measure::scenario> dict_scenarios();
std::vector<measure::scenario> struct_scenarios();
std::vector<measure::scenario> handler_scenarios();      // a function and who calls it
std::vector<measure::scenario> file_handle_scenarios();  // the same for open files

// Variants of the runtime that the performance map compares.
std::vector<measure::scenario> variant_scenarios();

inline constexpr const char* default_tag = "default";
inline constexpr const char* go_tag = "go";
inline constexpr const char* variant_tag = "variant";

// All of them, the default set first.
std::vector<measure::scenario> all_scenarios();

// A Neva program as a scenario: one operation is one whole run, from start to stop, in this
// process. Its output is dropped. Broken IR is an error.
base::result<measure::scenario> program_scenario(std::string name, std::string ir_json);

}  // namespace nevaperf::playbook
