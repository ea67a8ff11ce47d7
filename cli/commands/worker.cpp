// nevaperf worker SCENARIO [--program FILE], worker --target -- BENCHMARK COMMAND...: runs one
// scenario, or one benchmark of a Google Benchmark binary, on request of a session
// (core/measure/worker_protocol.md), or once for a profile (profile_worker.hpp). Not for people: it
// is not in the help.
#include <CLI/CLI.hpp>
#include <memory>
#include <vector>

#include "cli/command.hpp"
#include "cli/profile_worker.hpp"
#include "cli/scenario_set.hpp"
#include "core/measure/google_target.hpp"
#include "core/measure/worker_server.hpp"
#include "playbook/scenarios/families.hpp"

namespace nevaperf::cli {

namespace {

struct worker_options {
  std::string scenario;
  std::string program;
  bool is_target = false;
  std::string known_as;             // the name of the benchmark in the session; empty: its own
  std::vector<std::string> target;  // a Google Benchmark binary, with arguments
  profile_job profile;              // no kind: as a session asks
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
  if (options.is_target) {
    if (options.target.empty()) {
      return report({.what = "no program given", .where = "worker --target", .next = ""});
    }
    const auto served = measure::serve_google_benchmark(
        options.target, options.scenario,
        options.known_as.empty() ? options.scenario : options.known_as, NEVAPERF_VERSION);
    return served ? status_done : report(served.error());
  }
  const auto scenario = wanted_scenario(options);
  if (!scenario) return report(scenario.error());
  if (!options.profile.kind.empty()) {
    const auto done = run_profiled(*scenario, options.profile);
    return done ? status_done : report(done.error());
  }
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
  verb->add_flag("--target", options->is_target);
  verb->add_option("--as", options->known_as);
  verb->add_option("command", options->target);
  verb->add_option("--profile", options->profile.kind);
  verb->add_option("--profile-seconds", options->profile.seconds);
  verb->add_option("--profile-folder", options->profile.plan.folder);
  verb->add_option("--profile-rate", options->profile.plan.rate_hz);
  verb->add_option("--profile-bytes", options->profile.plan.alloc_bytes);
  verb->callback([options, &status] { status = run_worker(*options); });
}

}  // namespace nevaperf::cli
