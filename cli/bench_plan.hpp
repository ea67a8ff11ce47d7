// From the words of a bench command line to all that is needed to measure, checked before anything
// runs.
//
// Thread safety: values; share nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/bench_options.hpp"
#include "core/base/error.hpp"
#include "core/measure/session.hpp"
#include "core/store/state_dir.hpp"

namespace nevaperf::cli {

struct bench_plan {
  std::vector<measure::subject> subjects;
  measure::session_options session;
  std::int64_t timeout_ns = 0;
  store::state_dir state;
  std::string out_file;
  std::string baseline;
  bool as_json = false;
};

// The first fault of the options: an unknown scenario, a broken program, a bad number, a file that
// cannot be written.
[[nodiscard]] base::result<bench_plan> plan_bench(const bench_options& options);

// --dir, else NEVAPERF_DIR, else .nevaperf
[[nodiscard]] store::state_dir state_dir_of(const bench_options& options);

// Prints the scenarios; gives the exit status.
int list_scenarios(const bench_options& options);

}  // namespace nevaperf::cli
