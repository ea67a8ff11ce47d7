// nevaperf compare OLD NEW..., nevaperf compare baseline [NAME]: results side by side, each with
// the first, with a verdict for each scenario.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <tuple>
#include <vector>

#include "cli/command.hpp"
#include "cli/compare_inputs.hpp"
#include "cli/compare_output.hpp"
#include "cli/fresh_run.hpp"
#include "core/compare/compare_recordings.hpp"
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
  std::string rows;
  std::string columns;
  std::string groups;
  std::vector<std::string> ignored;
  bool quick = false;
  bool fail = false;
  bool explain = false;
  bool all = false;
  bool across_machines = false;
};

using compare_inputs = std::vector<compare_input>;

// The scenarios to measure again, by name: bench does not know the keys of a recording.
base::result<std::vector<std::string>> names_to_measure(const compare_input& saved,
                                                        const compare_filters& filters) {
  if (filters.expressions.empty()) return filters.patterns;
  compare_inputs one = {saved};
  if (auto filtered = filter_inputs(one, filters); !filtered) return filtered.error();
  std::vector<std::string> out;
  for (const auto& scenario : one.front().data.scenarios) out.push_back(scenario.name);
  return out;
}

base::result<compare_inputs> baseline_inputs(const compare_options& options,
                                             const compare_filters& filters) {
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
  compare_inputs out = {
      {"baseline '" + saved->name + "' of " + saved->saved, 0, formats::to_recording(saved->run)}};
  if (!options.run_file.empty()) {
    auto given = read_compare_inputs(base::real_files(), {options.run_file});
    if (!given) return given.error();
    given->front().column = 1;
    out.push_back(std::move(given->front()));
    return out;
  }
  auto names = names_to_measure(out.front(), filters);
  if (!names) return names.error();
  auto fresh = measure_again(
      saved->run,
      {.quick = options.quick, .time = options.time, .filters = *std::move(names), .state = state});
  if (!fresh) return fresh.error();
  // What was not asked for was not measured: it is not missing.
  out.push_back({"this run", 1, formats::to_recording(*fresh)});
  return out;
}

base::result<compare_inputs> file_inputs(const compare_options& options) {
  if (options.words.size() < 2 && options.columns.empty()) {
    return base::error{.what = "two or more files are compared",
                       .where = "",
                       .next =
                           "nevaperf compare OLD NEW..., nevaperf compare baseline [NAME], or "
                           "one file whose columns --col tells apart"};
  }
  if (!options.run_file.empty()) {
    return base::error{.what = "--run belongs to 'compare baseline'", .where = "", .next = ""};
  }
  return read_compare_inputs(base::real_files(), options.words);
}

base::result<compare::projection> projection_of(const compare_options& options) {
  compare::projection out;
  for (const auto& [text, into, name] : {std::tuple(&options.rows, &out.rows, "--row"),
                                         {&options.columns, &out.columns, "--col"},
                                         {&options.groups, &out.groups, "--by"}}) {
    if (text->empty()) continue;
    auto keys = compare::parse_keys(*text);
    if (!keys) return keys.error().within(name);
    *into = *std::move(keys);
    out.is_default = false;
  }
  for (const std::string& text : options.ignored) {
    const auto keys = compare::parse_keys(text);
    if (!keys) return keys.error().within("--ignore");
    for (const compare::projected_key& one : *keys) out.ignored.push_back(one.name);
    out.is_default = false;
  }
  return out;
}

base::result<compare::comparison_set> compared(const compare_options& options) {
  compare::options how;
  how.across_machines = options.across_machines;
  if (!options.threshold.empty()) {
    const auto margin = units::parse_percent(options.threshold);
    if (!margin) return margin.error().within("--threshold");
    how.margin = *margin;
  }
  const auto filters = parse_filters(options.filters);
  if (!filters) return filters.error();
  const auto projection = projection_of(options);
  if (!projection) return projection.error();
  auto inputs = options.words.front() == "baseline" ? baseline_inputs(options, *filters)
                                                    : file_inputs(options);
  if (!inputs) return inputs.error();
  if (auto filtered = filter_inputs(*inputs, *filters); !filtered) return filtered.error();
  const auto projected = compare::project(*std::move(inputs), *projection);
  if (!projected) return projected.error();
  std::vector<compare::column_group> groups;
  for (const compare::projected_group& group : *projected) {
    compare::column_group& into = groups.emplace_back();
    into.keys = group.keys;
    for (const auto& column : group.columns) into.columns.push_back({column.label, column.data});
  }
  return compare::compare_columns(groups, how);
}

int run_compare(const compare_options& options) {
  const auto data = compared(options);
  if (!data) return report(data.error());
  return print_comparison(*data, {.format = options.format,
                                  .all = options.all,
                                  .explain = options.explain,
                                  .fail = options.fail});
}

}  // namespace

void add_compare(CLI::App& app, int& status) {
  auto options = std::make_shared<compare_options>();
  CLI::App* verb = app.add_subcommand("compare", "Compare two results, or a run with a baseline");
  verb->add_option("results", options->words,
                   "OLD NEW...: results (nevaperf, Google Benchmark, go test -bench, hyperfine, "
                   "pyperf, nanobench, target/criterion), each FILE or LABEL=FILE, files of one "
                   "label taken together; or: baseline [NAME]")
      ->default_str("");
  verb->add_option("--run", options->run_file,
                   "Compare the baseline with this run, measure nothing")
      ->type_name("FILE");
  verb->add_option("--filter", options->filters,
                   "Only these: a part of a name as in bench, or KEY:VALUE, KEY:/REGEX/, AND, OR, "
                   "NOT as in benchstat; repeatable")
      ->default_str("")
      ->allow_extra_args(false);
  verb->add_option("--col", options->columns,
                   "What makes a column (.file): .name, .unit, /PART of a name, pkg, goos, ...")
      ->type_name("KEYS");
  verb->add_option("--row", options->rows, "What makes a row (.fullname)")->type_name("KEYS");
  verb->add_option("--by", options->groups, "A comparison for each value of these")
      ->type_name("KEYS");
  verb->add_option("--ignore", options->ignored, "Differences in these do not matter; repeatable")
      ->type_name("KEYS")
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
  add_compare_builds(*verb, status);
  verb->callback([verb, options, &status] {
    if (!verb->get_subcommands().empty()) return;  // it ran by itself
    if (options->words.empty()) throw CLI::RequiredError("results");
    status = run_compare(*options);
  });
}

}  // namespace nevaperf::cli
