// nevaperf doctor: what disturbs measurement here, why it matters and how to fix it.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "cli/command.hpp"
#include "core/base/file.hpp"
#include "core/measure/cpu_times.hpp"
#include "core/measure/disturbance.hpp"
#include "core/measure/machine.hpp"
#include "core/report/doctor_report.hpp"

namespace nevaperf::cli {

namespace {

struct doctor_options {
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

int run_doctor(const doctor_options& options) {
  model::environment where = measure::describe_machine(base::real_files());
  where.steal = steal_under_work();
  const auto found = measure::find_disturbances(where);
  const bool colour = std::getenv("NO_COLOR") == nullptr && ::isatty(STDOUT_FILENO) == 1;
  const std::string text = options.format == "json" ? report::doctor_json(where, found)
                                                    : report::doctor_text(where, found, colour);
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
  verb->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT");
  verb->callback([options, &status] { status = run_doctor(*options); });
}

}  // namespace nevaperf::cli
