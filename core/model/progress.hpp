// The progress of a run while it is measured: what is planned, and what each finished worker
// process yielded.
//
// Pure data; the journal keeps it so that a killed run can go on (core/store/journal.hpp).
// Units: values are in the unit under which they are filed. Thread safety: values; share nothing.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/model/environment.hpp"
#include "core/model/scenario.hpp"

namespace nevaperf::model {

struct run_plan {
  std::string id;       // of the run that this will be
  std::string created;  // RFC 3339, UTC
  std::string tool;     // version of nevaperf
  std::vector<std::string>
      arguments;  // the words of the command line, so that the same run can go on
  std::vector<std::string> scenarios;  // names, in the order of measurement
  model::environment environment;

  friend bool operator==(const run_plan&, const run_plan&) = default;
};

// What one worker process of one scenario yielded.
struct process_result {
  std::string scenario;
  std::uint32_t process = 0;  // counts the processes of the scenario from 0
  scenario_status status = scenario_status::ok;
  std::string failure;                                // one line; empty exactly if status is ok
  std::map<std::string, std::vector<double>> values;  // by unit, one for each slice
  std::vector<warning> warnings;                      // why a metric is missing

  friend bool operator==(const process_result&, const process_result&) = default;
};

}  // namespace nevaperf::model
