// nevaperf profile: the verbs about profiles.
#include <CLI/CLI.hpp>

#include "cli/command.hpp"

namespace nevaperf::cli {

void add_profile(CLI::App& app, int& status) {
  CLI::App* profile = app.add_subcommand("profile", "Show profiles");
  profile->require_subcommand(1);
  add_profile_diff(*profile, status);
  add_profile_show(*profile, status);
}

}  // namespace nevaperf::cli
