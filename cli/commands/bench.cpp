// nevaperf bench [FILTER...]: measures scenarios, shows and keeps the result.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/bench_start.hpp"
#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/progress_bar.hpp"
#include "core/base/clock.hpp"
#include "core/formats/run_json.hpp"
#include "core/measure/condense.hpp"
#include "core/measure/cpu_times.hpp"
#include "core/measure/disturbance.hpp"
#include "core/measure/session.hpp"
#include "core/report/run_text.hpp"
#include "core/store/baseline_store.hpp"
#include "core/store/journal.hpp"
#include "core/store/run_store.hpp"
#include "core/units/format.hpp"

namespace nevaperf::cli {

namespace {

// A folder that is there as long as this is; none without a name.
class scratch_folder {
 public:
  explicit scratch_folder(std::string path) : path_(std::move(path)) {
    std::error_code ignored;  // what is written into it then fails, with a reason
    if (!path_.empty()) std::filesystem::create_directories(path_, ignored);
  }
  scratch_folder(const scratch_folder&) = delete;
  scratch_folder& operator=(const scratch_folder&) = delete;
  ~scratch_folder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }

 private:
  std::string path_;
};

// Journal and progress of a session.
class bench_observer final : public measure::session_observer {
 public:
  bench_observer(store::journal& journal, progress_bar& bar) : journal_(journal), bar_(bar) {}

  void about_to_run(const measure::session_progress& now) override {
    bar_.show({now.scenario, now.done, now.expected, now.remaining_ns});
  }
  base::result<void> finished(const model::process_result& result) override {
    return journal_.record(result);
  }

 private:
  store::journal& journal_;
  progress_bar& bar_;
};

model::run make_run(const bench_start& start, const measure::session_result& measured,
                    std::optional<double> steal) {
  const model::run_plan& planned = start.planned;
  model::run out;
  out.id = planned.id;
  out.created = planned.created;
  out.tool = planned.tool;
  out.environment = planned.environment;
  out.environment.steal = steal;
  out.warnings = measure::machine_doubts(out.environment);
  out.warnings.insert(out.warnings.end(), start.warnings.begin(), start.warnings.end());
  if (measured.interrupted) {
    out.warnings.push_back({.code = "interrupted",
                            .text = "the run was interrupted",
                            .next = "nevaperf bench --resume goes on with it"});
  }
  for (const measure::subject& one : start.plan.subjects) {
    out.scenarios.push_back(measure::condense(one, measured.processes));
  }
  return out;
}

// The files that a finished run leaves; nothing is lost if one of them cannot be written.
struct kept_files {
  std::string run_file;
  std::string baseline_file;
  std::vector<base::error> errors;
};

kept_files keep(const bench_plan& plan, const model::run& run, store::journal& journal,
                bool interrupted) {
  kept_files kept;
  const auto note = [&](const base::error& problem) { kept.errors.push_back(problem); };
  base::file_system& files = base::real_files();
  if (auto saved = store::run_store(files, plan.state).save(run); !saved) {
    note(saved.error());  // the journal stays: it holds what was measured
  } else {
    kept.run_file = *saved;
    if (!interrupted) {
      if (auto removed = journal.remove(); !removed) note(removed.error());
    }
  }
  if (!plan.out_file.empty()) {
    if (auto written = store::write_run_file(files, plan.out_file, run); !written) {
      note(written.error());
    }
  }
  if (!plan.baseline.empty() && interrupted) {
    note({.what = "the baseline is not saved: the run was interrupted",
          .where = plan.baseline,
          .next = "nevaperf bench --resume goes on with it"});
  } else if (!plan.baseline.empty()) {
    const std::string now = base::rfc3339(base::system_clock().wall_ns());
    auto saved = store::baseline_store(files, plan.state).save(plan.baseline, now, run);
    if (!saved) {
      note(saved.error());
    } else {
      kept.baseline_file = *saved;
    }
  }
  return kept;
}

void print_text(const bench_plan& plan, const model::run& run, const kept_files& kept) {
  const bool plain = std::getenv("NO_COLOR") != nullptr;
  std::fputs(report::run_table(run, !plain && ::isatty(STDOUT_FILENO) == 1).c_str(), stdout);
  std::fflush(stdout);
  std::fputs(report::run_doubts(run, !plain && ::isatty(STDERR_FILENO) == 1).c_str(), stderr);
  if (!kept.run_file.empty()) std::printf("\nrun file: %s\n", kept.run_file.c_str());
  if (!kept.baseline_file.empty()) {
    std::printf("baseline '%s': %s\n", plan.baseline.c_str(), kept.baseline_file.c_str());
  } else if (plan.baseline.empty()) {
    std::printf("to keep such a run as a baseline: nevaperf bench --save main\n");
  }
}

base::result<void> print_json(const model::run& run) {
  const auto text = formats::write_run(run);
  if (!text) return text.error();
  std::fputs(text->c_str(), stdout);
  return {};
}

// 130 after Ctrl-C, as shells expect it; an error if a scenario failed or a file is missing.
int finish(const model::run& run, const kept_files& kept, const measure::session_result& measured) {
  for (const base::error& problem : kept.errors) report(problem);
  if (measured.record_error) report(*measured.record_error);
  if (std::fflush(stdout) != 0) {
    return report({.what = "cannot write the result", .where = "standard output", .next = ""});
  }
  if (measured.interrupted) return status_interrupted;
  std::size_t failed = 0;
  for (const model::scenario& one : run.scenarios) {
    failed += one.status == model::scenario_status::ok ? 0 : 1;
  }
  if (failed > 0) {
    return report({.what = std::to_string(failed) + " of " + std::to_string(run.scenarios.size()) +
                           " scenarios did not succeed",
                   .where = "",
                   .next = "their reasons stand in the result"});
  }
  return kept.errors.empty() && !measured.record_error ? status_done : status_error;
}

int run_bench(const bench_options& options) {
  if (options.list) return list_scenarios(options);
  auto start = options.resume ? resume_bench(base::real_files(), options)
                              : begin_bench(base::real_files(), options);
  if (!start) return report(start.error());

  const interrupt_guard guard;
  progress_bar bar(STDERR_FILENO, std::getenv("NO_COLOR") == nullptr, base::system_clock());
  bench_observer observer(start->journal, bar);
  measure::worker_world world{.processes = base::real_processes(),
                              .clock = base::system_clock(),
                              .stop_wanted = interrupt_guard::requested,
                              .answer_timeout_ns = start->plan.timeout_ns};
  const scratch_folder callgrind(start->plan.session.instructions_folder);
  const auto before = measure::read_cpu_times(base::real_files(), start->plan.session.cpus);
  const auto measured = measure::run_session(start->plan.subjects, start->plan.session, world,
                                             observer, std::move(start->earlier));
  bar.clear();

  const auto after = measure::read_cpu_times(base::real_files(), start->plan.session.cpus);
  const model::run run = make_run(*start, measured, measure::stolen_share(before, after));
  const kept_files kept = keep(start->plan, run, start->journal, measured.interrupted);
  if (start->plan.as_json) {
    if (auto printed = print_json(run); !printed) return report(printed.error());
  } else {
    print_text(start->plan, run, kept);
  }
  return finish(run, kept, measured);
}

}  // namespace

void add_bench(CLI::App& app, int& status) {
  auto options = std::make_shared<bench_options>();
  CLI::App* verb = app.add_subcommand("bench", "Measure scenarios");
  add_bench_options(*verb, *options);
  verb->callback([options, &status] { status = run_bench(*options); });
}

}  // namespace nevaperf::cli
