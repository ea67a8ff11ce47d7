// From the words of a bench command line to all that is needed to measure, checked before anything
// runs.
//
// Thread safety: values; share nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/measure/session.hpp"
#include "core/store/state_dir.hpp"

namespace nevaperf::cli {

struct bench_options {
  std::vector<std::string> filters;
  std::vector<std::string> programs;
  bool list = false;
  bool quick = false;
  // As written; empty: not given.
  std::string format;
  std::string save;
  std::string out;
  std::string time;
  std::string precision;
  std::string timeout;
  std::string seed;
  std::string dir;
};

struct bench_plan {
  std::vector<measure::subject> subjects;
  measure::session_options session;
  std::int64_t timeout_ns = 0;
  store::state_dir state;
  std::string out_file;
  std::string baseline;
  bool as_json = false;
  std::vector<std::string> arguments;  // that lead to the same run, with the seed
};

// The first fault of the options: an unknown scenario, a broken program, a bad number, a file that
// cannot be written.
[[nodiscard]] base::result<bench_plan> plan_bench(const bench_options& options);

// Prints the scenarios; gives the exit status.
int list_scenarios(const bench_options& options);

}  // namespace nevaperf::cli
