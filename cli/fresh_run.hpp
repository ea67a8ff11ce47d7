// Measures the scenarios of a run again, to compare the two.
//
// Thread safety: owner only.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/model/run.hpp"
#include "core/store/state_dir.hpp"

namespace nevaperf::cli {

struct fresh_options {
  bool quick = false;
  std::string time;                  // empty: not given
  std::vector<std::string> filters;  // of the scenarios to measure; all if none
  store::state_dir state;
};

// Runs `nevaperf bench` with the names of the scenarios; its progress and its doubts go to standard
// error. The run is kept as every run is.
[[nodiscard]] base::result<model::run> measure_again(const model::run& earlier,
                                                     const fresh_options& options);

}  // namespace nevaperf::cli
