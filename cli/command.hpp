// What the verbs of the command line share.
//
// A verb is one file in cli/commands/: it adds its subcommand and sets `status` when it runs. Exit
// statuses: 0 done, 1 a regression, 2 wrong usage or an error, 3 undecided; `run` gives the
// program's own.
#pragma once

#include "core/base/error.hpp"

// Only the files that parse words include the parser: it takes a compiler longer than all else
// here.
namespace CLI {
class App;
}

namespace nevaperf::cli {

inline constexpr int status_done = 0;
inline constexpr int status_regression = 1;
inline constexpr int status_error = 2;
inline constexpr int status_undecided = 3;
inline constexpr int status_interrupted = 130;  // by Ctrl-C, as shells have it

// Prints the error as one line on stderr; gives the status of an error.
int report(const base::error& e);

void add_baseline(CLI::App& app, int& status);
void add_bench(CLI::App& app, int& status);
void add_compare(CLI::App& app, int& status);
void add_compare_builds(CLI::App& compare, int& status);
void add_doctor(CLI::App& app, int& status);
void add_profile(CLI::App& app, int& status);
void add_profile_diff(CLI::App& profile, int& status);
void add_profile_show(CLI::App& profile, int& status);
void add_run(CLI::App& app, int& status);
void add_worker(CLI::App& app, int& status);

}  // namespace nevaperf::cli
