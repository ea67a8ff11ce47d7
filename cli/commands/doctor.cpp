// nevaperf doctor [--aa]: what disturbs measurement here, why it matters and how to fix it; what
// comparisons can see here.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <utility>

#include "cli/command.hpp"
#include "cli/durations.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress_bar.hpp"
#include "core/base/clock.hpp"
#include "core/base/file.hpp"
#include "core/measure/cpu_times.hpp"
#include "core/measure/machine.hpp"
#include "core/measure/paired_session.hpp"
#include "core/report/doctor_report.hpp"

namespace nevaperf::cli {

namespace {

constexpr const char* measured_scenario = "hop";
constexpr const char* usual_time = "60s";

struct doctor_options {
  bool identical = false;
  std::string time;  // empty: not given
  std::string format = "text";
};

// Steal shows only while something wants to run: a short stretch of work on this CPU.
std::optional<double> steal_under_work() {
  using clock = std::chrono::steady_clock;
  const auto before = measure::read_cpu_times(base::real_files(), {});
  const auto until = clock::now() + std::chrono::milliseconds(300);
  while (clock::now() < until) {
  }
  return measure::stolen_share(before, measure::read_cpu_times(base::real_files(), {}));
}

// Pairs of this program with itself, until the time is up: no pair shall decide anything.
measure::paired_result measure_identical(std::int64_t budget_ns) {
  const std::vector<std::string> command = {"/proc/self/exe", "worker", measured_scenario};
  const measure::paired_subject subject{
      .name = measured_scenario, .old_command = command, .new_command = command};
  measure::paired_options how;
  how.budget_ns = budget_ns;
  how.rules.alpha = 1e-12;
  how.most_pairs = 100'000;
  how.control_every = 0;
  how.seed = std::random_device()();
  how.cpus = measure::usable_cpus();
  const interrupt_guard guard;
  progress_bar bar(STDERR_FILENO, std::getenv("NO_COLOR") == nullptr, base::system_clock());
  measure::worker_world world{.processes = base::real_processes(),
                              .clock = base::system_clock(),
                              .stop_wanted = interrupt_guard::requested};
  auto out = measure::run_paired_session(
      std::span(&subject, 1), how, world, [&](const measure::session_progress& now) {
        bar.show({now.scenario, now.done, now.expected, now.remaining_ns});
      });
  bar.clear();
  return out;
}

base::result<void> add_identical(const doctor_options& options, report::doctor_findings& into) {
  const auto budget_ns = duration_ns("--time", options.time.empty() ? usual_time : options.time);
  if (!budget_ns) return budget_ns.error();
  const measure::paired_result measured = measure_identical(*budget_ns);
  const measure::paired_row& row = measured.rows.front();
  if (row.failure) {
    return base::error{.what = row.failure->why.why,
                       .where = std::string("--aa, scenario '") + measured_scenario + "'",
                       .next = "does nevaperf bench hop work?"};
  }
  measure::aa_question question;
  question.seconds_per_pair = static_cast<double>(row.pair_ns) * 1e-9;
  into.scenario = measured_scenario;
  into.pair_seconds = question.seconds_per_pair;
  into.identical = measure::judge_identical(row.log_ratios, question);
  if (into.identical) return {};
  return base::error{.what = std::to_string(row.log_ratios.size()) +
                             " pairs are too few to judge " + "by: it takes " +
                             std::to_string(measure::least_aa_pairs),
                     .where = "--aa",
                     .next = "give more time with --time"};
}

int run_doctor(const doctor_options& options) {
  if (!options.identical && !options.time.empty()) {
    return report({.what = "there is nothing to spend it on",
                   .where = "--time",
                   .next = "give it with --aa"});
  }
  report::doctor_findings found;
  found.where = measure::describe_machine(base::real_files());
  found.where.steal = steal_under_work();
  found.disturbances = measure::find_disturbances(found.where);
  if (options.identical) {
    if (auto added = add_identical(options, found); !added) return report(added.error());
  }
  const bool colour = std::getenv("NO_COLOR") == nullptr && ::isatty(STDOUT_FILENO) == 1;
  const std::string text =
      options.format == "json" ? report::doctor_json(found) : report::doctor_text(found, colour);
  std::fputs(text.c_str(), stdout);
  if (std::fflush(stdout) != 0) {
    return report({.what = "cannot write the result", .where = "standard output", .next = ""});
  }
  return status_done;
}

}  // namespace

void add_doctor(CLI::App& app, int& status) {
  auto options = std::make_shared<doctor_options>();
  CLI::App* verb =
      app.add_subcommand("doctor", "What disturbs measurement here, and how to fix it");
  verb->add_flag("--aa", options->identical,
                 "Compare this program with itself: false alarms, and the smallest change seen");
  verb->add_option("--time", options->time, "Time for --aa (60s)")->type_name("TIME");
  verb->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT");
  verb->callback([options, &status] { status = run_doctor(*options); });
}

}  // namespace nevaperf::cli
