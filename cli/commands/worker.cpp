// nevaperf worker SCENARIO [--program FILE]: runs one scenario on request of a session
// (core/measure/worker_protocol.md). Not for people: it is not in the help.
#include <CLI/CLI.hpp>
#include <memory>
#include <vector>

#include "cli/command.hpp"
#include "cli/scenario_set.hpp"
#include "core/measure/worker_server.hpp"
#include "playbook/scenarios/families.hpp"

namespace nevaperf::cli {

namespace {

struct worker_options {
  std::string scenario;
  std::string program;
};

base::result<measure::scenario> wanted_scenario(const worker_options& options) {
  if (!options.program.empty()) return load_program_scenario(base::real_files(), options.program);
  const std::vector<measure::scenario> known = playbook::all_scenarios();
  if (const measure::scenario* found = measure::find_scenario(known, options.scenario)) {
    return *found;
  }
  return base::error{.what = "unknown scenario '" + options.scenario + "'",
                     .where = "worker",
                     .next = "see nevaperf bench --list"};
}

int run_worker(const worker_options& options) {
  const auto scenario = wanted_scenario(options);
  if (!scenario) return report(scenario.error());
  const auto served = measure::serve_scenario(*scenario, NEVAPERF_VERSION);
  return served ? status_done : report(served.error());
}

}  // namespace

void add_worker(CLI::App& app, int& status) {
  auto options = std::make_shared<worker_options>();
  CLI::App* verb = app.add_subcommand("worker", "Run one scenario for a session");
  verb->group("");
  verb->add_option("scenario", options->scenario)->required();
  verb->add_option("--program", options->program);
  verb->callback([options, &status] { status = run_worker(*options); });
}

}  // namespace nevaperf::cli
