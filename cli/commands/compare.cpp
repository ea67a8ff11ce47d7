// nevaperf compare OLD NEW, nevaperf compare baseline [NAME]: two results side by side, with a
// verdict for each scenario.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "cli/command.hpp"
#include "cli/compare_inputs.hpp"
#include "cli/fresh_run.hpp"
#include "core/compare/compare_json.hpp"
#include "core/compare/compare_recordings.hpp"
#include "core/report/compare_csv.hpp"
#include "core/report/compare_markdown.hpp"
#include "core/report/compare_text.hpp"
#include "core/units/parse.hpp"

namespace nevaperf::cli {

namespace {

struct compare_options {
  std::vector<std::string> words;
  std::vector<std::string> filters;
  std::string run_file;
  std::string threshold;
  std::string format = "text";
  std::string time;
  std::string dir;
  bool quick = false;
  bool fail = false;
  bool explain = false;
  bool all = false;
  bool across_machines = false;
};

struct input_pair {
  compare_input old_side;
  compare_input new_side;
};

base::result<input_pair> baseline_inputs(const compare_options& options) {
  if (options.words.size() > 2) {
    return base::error{.what = "too many words after 'compare baseline'",
                       .where = "",
                       .next = "nevaperf compare baseline [NAME] [--run FILE]"};
  }
  const auto state = store::state_dir::resolve(
      options.dir.empty() ? std::nullopt : std::optional(options.dir), std::getenv("NEVAPERF_DIR"));
  const store::baseline_store baselines(base::real_files(), state);
  const auto saved = find_baseline(baselines, options.words.size() > 1 ? options.words[1] : "");
  if (!saved) return saved.error();
  compare_input old_side{"baseline '" + saved->name + "' of " + saved->saved,
                         formats::to_recording(saved->run)};
  if (!options.run_file.empty()) {
    auto given = read_compare_input(base::real_files(), options.run_file);
    if (!given) return given.error();
    return input_pair{std::move(old_side), *std::move(given)};
  }
  auto fresh = measure_again(
      saved->run,
      {.quick = options.quick, .time = options.time, .filters = options.filters, .state = state});
  if (!fresh) return fresh.error();
  // What was not asked for was not measured: it is not missing.
  compare_input new_side{"this run", formats::to_recording(*fresh)};
  return input_pair{std::move(old_side), std::move(new_side)};
}

base::result<input_pair> file_inputs(const compare_options& options) {
  if (options.words.size() != 2) {
    return base::error{.what = "two files are compared",
                       .where = "",
                       .next = "nevaperf compare OLD NEW, or nevaperf compare baseline [NAME]"};
  }
  if (!options.run_file.empty()) {
    return base::error{.what = "--run belongs to 'compare baseline'", .where = "", .next = ""};
  }
  auto old_side = read_compare_input(base::real_files(), options.words[0]);
  if (!old_side) return old_side.error();
  auto new_side = read_compare_input(base::real_files(), options.words[1]);
  if (!new_side) return new_side.error();
  return input_pair{*std::move(old_side), *std::move(new_side)};
}

base::result<compare::comparison> compared(const compare_options& options) {
  compare::options how;
  how.across_machines = options.across_machines;
  if (!options.threshold.empty()) {
    const auto margin = units::parse_percent(options.threshold);
    if (!margin) return margin.error().within("--threshold");
    how.margin = *margin;
  }
  auto inputs =
      options.words.front() == "baseline" ? baseline_inputs(options) : file_inputs(options);
  if (!inputs) return inputs.error();
  auto& [old_side, new_side] = *inputs;
  if (auto filtered = filter_inputs(old_side, new_side, options.filters); !filtered) {
    return filtered.error();
  }
  return compare::compare_recordings({old_side.label, old_side.data},
                                     {new_side.label, new_side.data}, how);
}

std::string text_of(const compare::comparison& data, const compare_options& options, bool colour) {
  if (options.format == "json") return compare::to_json_text(data);
  if (options.format == "markdown") return report::compare_markdown(data, options.all);
  if (options.format == "csv") return report::compare_csv(data);
  return report::compare_text(data,
                              {.colour = colour, .all = options.all, .explain = options.explain});
}

int run_compare(const compare_options& options) {
  const auto data = compared(options);
  if (!data) return report(data.error());
  const bool plain = std::getenv("NO_COLOR") != nullptr;
  const std::string text = text_of(*data, options, !plain && ::isatty(STDOUT_FILENO) == 1);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (std::fflush(stdout) != 0) {
    return report({.what = "cannot write the result", .where = "standard output", .next = ""});
  }
  std::fputs(report::compare_doubts(*data, !plain && ::isatty(STDERR_FILENO) == 1).c_str(), stderr);
  const bool is_worse = data->count(compare::verdict::slower) > 0;
  return options.fail && is_worse ? status_regression : status_done;
}

}  // namespace

void add_compare(CLI::App& app, int& status) {
  auto options = std::make_shared<compare_options>();
  CLI::App* verb = app.add_subcommand("compare", "Compare two results, or a run with a baseline");
  verb->add_option("results", options->words,
                   "OLD NEW: result files (nevaperf, Google Benchmark, go test -bench, hyperfine, "
                   "pyperf), each FILE or LABEL=FILE; or: baseline [NAME]")
      ->required()
      ->default_str("");
  verb->add_option("--run", options->run_file,
                   "Compare the baseline with this run, measure nothing")
      ->type_name("FILE");
  verb->add_option("--filter", options->filters, "Only these scenarios, as in bench; repeatable")
      ->default_str("")
      ->allow_extra_args(false);
  verb->add_option("--threshold", options->threshold, "A change within it does not matter (1%)")
      ->type_name("PCT");
  verb->add_flag("--fail", options->fail, "Exit with 1 if something is slower");
  verb->add_flag("--explain", options->explain, "Say how each verdict came about");
  verb->add_flag("--all", options->all, "Show every row");
  verb->add_flag("--across-machines", options->across_machines,
                 "Judge times of different machines all the same");
  verb->add_flag("--quick", options->quick, "Measure less precisely (compare baseline)");
  verb->add_option("--time", options->time, "Time to measure for (compare baseline)")
      ->type_name("TIME");
  verb->add_option("--format", options->format, "text, json, markdown or csv")
      ->check(CLI::IsMember({"text", "json", "markdown", "csv"}))
      ->type_name("FORMAT");
  verb->add_option("--dir", options->dir, "Folder of the state (NEVAPERF_DIR; .nevaperf)")
      ->type_name("DIR");
  verb->callback([options, &status] { status = run_compare(*options); });
}

}  // namespace nevaperf::cli
