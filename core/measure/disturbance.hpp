// What about a machine and a build disturbs measurement, why it matters and what to do.
//
// The figures in the texts are those of shared/METHOD.md and of Linux's documentation.
// Thread safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "core/model/environment.hpp"
#include "core/model/warning.hpp"

namespace nevaperf::measure {

struct disturbance {
  enum class level {
    note,     // good to know
    warning,  // numbers scatter more, or differ from those of other times
    problem,  // numbers mislead
  };
  level how = level::note;
  std::string code;  // stable: "governor"
  std::string what;  // what was found
  std::string why;   // why it matters
  std::string fix;   // a command or a step; never empty

  friend bool operator==(const disturbance&, const disturbance&) = default;
};

// "note", "warning", "problem"
[[nodiscard]] const char* to_text(disturbance::level how);

// The worst first. What is not known about the machine yields nothing.
[[nodiscard]] std::vector<disturbance> find_disturbances(const model::environment& where);

// Doubts about numbers that are measured in `where`: the disturbances that are no mere notes.
[[nodiscard]] std::vector<model::warning> machine_doubts(const model::environment& where);

}  // namespace nevaperf::measure
