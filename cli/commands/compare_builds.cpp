// nevaperf compare builds OLD_CMD NEW_CMD [FILTER...]: pairs of fresh processes of two builds,
// measured in turns until each scenario is decided.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "cli/build_under_test.hpp"
#include "cli/command.hpp"
#include "cli/compare_output.hpp"
#include "cli/durations.hpp"
#include "cli/interrupt.hpp"
#include "cli/paired_plan.hpp"
#include "cli/progress_bar.hpp"
#include "core/base/clock.hpp"
#include "core/measure/machine.hpp"
#include "core/units/parse.hpp"
#include "core/units/quantity.hpp"

namespace nevaperf::cli {

namespace {

constexpr std::int64_t scenario_budget_ns = 30'000'000'000;

struct builds_options {
  std::string old_command;
  std::string new_command;
  std::vector<std::string> filters;
  std::string threshold;
  std::string time;
  std::string timeout;
  std::string seed;
  compare_output output;
};

struct builds_plan {
  build_under_test old_build;
  build_under_test new_build;
  paired_plan pairs;
  compare::options how;
  measure::paired_options session;
  std::int64_t timeout_ns = 60'000'000'000;
};

base::result<builds_plan> plan_of(const builds_options& options) {
  builds_plan out;
  if (!options.threshold.empty()) {
    const auto margin = units::parse_percent(options.threshold);
    if (!margin) return margin.error().within("--threshold");
    out.how.margin = *margin;
  }
  if (!options.timeout.empty()) {
    const auto timeout = duration_ns("--timeout", options.timeout);
    if (!timeout) return timeout.error();
    out.timeout_ns = *timeout;
  }
  out.session.seed = std::random_device()();
  if (!options.seed.empty()) {
    const auto seed = units::parse_count(options.seed, 0, UINT64_MAX);
    if (!seed) return seed.error().within("--seed");
    out.session.seed = *seed;
  }
  std::int64_t budget_ns = 0;
  if (!options.time.empty()) {
    const auto budget = duration_ns("--time", options.time);
    if (!budget) return budget.error();
    budget_ns = *budget;
  }
  for (auto [text, into] : {std::pair(&options.old_command, &out.old_build),
                            std::pair(&options.new_command, &out.new_build)}) {
    auto words = split_command(base::real_files(), *text);
    if (!words) return words.error();
    auto found = find_build(base::real_processes(), *std::move(words), out.timeout_ns);
    if (!found) return found.error();
    *into = *std::move(found);
  }
  auto pairs = plan_pairs(out.old_build, out.new_build, options.filters);
  if (!pairs) return pairs.error();
  out.pairs = *std::move(pairs);
  const auto scenarios = static_cast<std::int64_t>(out.pairs.subjects.size());
  out.session.budget_ns = budget_ns > 0 ? budget_ns : scenario_budget_ns * scenarios;
  out.session.rules.margin = out.how.margin;
  out.session.rules.alpha = out.how.alpha;
  out.session.cpus = measure::usable_cpus();
  return out;
}

compare::comparison equal_builds(const builds_plan& plan) {
  compare::comparison out;
  out.how = plan.how;
  for (const measure::paired_subject& one : plan.pairs.subjects) {
    compare::row row;
    row.name = one.name;
    row.unit = units::sec_per_op;
    row.what = compare::verdict::same;
    out.rows.push_back(std::move(row));
  }
  out.warnings.push_back({.code = "equal-builds",
                          .text = "both builds are the same program: nothing was measured",
                          .next = "to measure it against itself put 'env A=1' before one"});
  return out;
}

compare::comparison measured(const builds_plan& plan, bool& interrupted) {
  const interrupt_guard guard;
  progress_bar bar(STDERR_FILENO, std::getenv("NO_COLOR") == nullptr, base::system_clock());
  measure::worker_world world{.processes = base::real_processes(),
                              .clock = base::system_clock(),
                              .stop_wanted = interrupt_guard::requested,
                              .answer_timeout_ns = plan.timeout_ns};
  auto result = measure::run_paired_session(
      plan.pairs.subjects, plan.session, world, [&](const measure::session_progress& now) {
        bar.show({now.scenario, now.done, now.expected, now.remaining_ns});
      });
  bar.clear();
  interrupted = result.interrupted;
  auto out = compare::compare_pairs(to_paired_data(plan.pairs, std::move(result)), plan.how);
  if (interrupted) {
    out.warnings.push_back({.code = "interrupted",
                            .text = "the comparison was interrupted",
                            .next = "what was not decided is unsure; run it again"});
  }
  return out;
}

int run_builds(const builds_options& options) {
  const auto plan = plan_of(options);
  if (!plan) return report(plan.error());
  bool interrupted = false;
  auto data = is_same_program(base::real_files(), plan->old_build.command, plan->new_build.command)
                  ? equal_builds(*plan)
                  : measured(*plan, interrupted);
  data.old_label = options.old_command;
  data.new_label = options.new_command;
  std::size_t failed = 0;
  for (const compare::row& one : data.rows) {
    for (const model::warning& doubt : one.warnings) failed += doubt.code == "no-result" ? 1U : 0U;
  }
  compare::comparison_set set;
  set.columns = {data.old_label, data.new_label};
  set.all.push_back(std::move(data));
  const int status = print_comparison(set, options.output);
  if (status != status_done) return status;
  if (interrupted) return status_interrupted;
  if (failed == 0) return status_done;
  return report({.what = std::to_string(failed) + " of " +
                         std::to_string(plan->pairs.subjects.size()) +
                         " benchmarks did not succeed",
                 .where = "",
                 .next = "their reasons stand above"});
}

}  // namespace

void add_compare_builds(CLI::App& compare, int& status) {
  auto options = std::make_shared<builds_options>();
  CLI::App* verb = compare.add_subcommand(
      "builds", "Compare two builds: pairs of fresh processes, until decided");
  verb->add_option("old", options->old_command,
                   "OLD_CMD: a nevaperf or Google Benchmark program, with arguments in one word")
      ->required()
      ->default_str("");
  verb->add_option("new", options->new_command, "NEW_CMD")->required()->default_str("");
  verb->add_option("filters", options->filters, "Only these, as in bench")->default_str("");
  verb->add_option("--threshold", options->threshold, "A change within it does not matter (1%)")
      ->type_name("PCT");
  verb->add_option("--time", options->time, "Time for all (30 s a benchmark; less where decided)")
      ->type_name("TIME");
  verb->add_option("--timeout", options->timeout, "Give up a process that is silent so long (60)")
      ->type_name("TIME");
  verb->add_option("--seed", options->seed, "Of the orders, to repeat them")->type_name("NUMBER");
  verb->add_flag("--fail", options->output.fail, "Exit with 1 if something is slower");
  verb->add_flag("--explain", options->output.explain, "Say how each verdict came about");
  verb->add_flag("--all", options->output.all, "Show every row");
  verb->add_option("--format", options->output.format, "text, json, markdown or csv")
      ->check(CLI::IsMember({"text", "json", "markdown", "csv"}))
      ->type_name("FORMAT");
  verb->callback([options, &status] { status = run_builds(*options); });
}

}  // namespace nevaperf::cli
