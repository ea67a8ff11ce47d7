#include "cli/bench_plan.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <utility>

#include "cli/build_under_test.hpp"
#include "cli/command.hpp"
#include "cli/durations.hpp"
#include "cli/scenario_set.hpp"
#include "core/measure/google_target.hpp"
#include "core/measure/machine.hpp"
#include "core/measure/selection.hpp"
#include "core/units/parse.hpp"
#include "playbook/scenarios/families.hpp"

namespace nevaperf::cli {

namespace {

struct candidate {
  measure::scenario scenario;
  std::string program_file = {};  // empty: a built-in scenario
  // Of a target; empty: a worker of this program.
  std::vector<std::string> command = {};
};

base::error option_error(const std::string& option, const base::error& problem) {
  return problem.within(option);
}

base::result<bool> wants_json(const std::string& format) {
  if (format.empty() || format == "text") return false;
  if (format == "json") return true;
  return base::error{
      .what = "unknown format '" + format + "'", .where = "--format", .next = "use text or json"};
}

// The benchmarks of a Google Benchmark binary. Of several binaries each has its name before theirs:
// they may be builds of one program.
base::result<std::vector<candidate>> target_candidates(const std::string& target,
                                                       const bench_options& options) {
  auto words = split_command(base::real_files(), target);
  if (!words) return words.error().within("--target");
  constexpr std::int64_t usual_ns = 60'000'000'000;
  std::int64_t timeout_ns = usual_ns;
  if (!options.timeout.empty()) {
    const auto given = duration_ns("--timeout", options.timeout);
    if (!given) return given.error();
    timeout_ns = *given;
  }
  const auto names = measure::list_google_benchmarks(base::real_processes(), *words, timeout_ns);
  if (!names) return names.error().within("--target");
  const build_under_test build{
      .command = *words, .kind = build_kind::google_benchmark, .scenarios = {}};
  std::string prefix;
  if (options.targets.size() > 1) {
    const std::string& program = words->front();
    prefix = program.substr(program.rfind('/') + 1) + ":";  // npos + 1 is 0
  }
  std::vector<candidate> out;
  for (const std::string& name : *names) {
    candidate& one = out.emplace_back();
    one.scenario.name = prefix + name;
    one.scenario.tags = {"target"};
    one.scenario.description = "a benchmark of " + target;
    one.command = worker_command(build, name);
    if (!prefix.empty()) {
      one.command.insert(one.command.begin() + 2, {"--as", one.scenario.name});
    }
  }
  return out;
}

// Programs alone if there are some and no filter: they were named, the rest was not.
base::result<std::vector<candidate>> candidates(const bench_options& options) {
  std::vector<candidate> all;
  const bool has_own = !options.programs.empty() || !options.targets.empty();
  if (!has_own || !options.filters.empty()) {
    for (measure::scenario& one : playbook::all_scenarios()) all.push_back({std::move(one), ""});
  }
  for (const std::string& file : options.programs) {
    auto scenario = load_program_scenario(base::real_files(), file);
    if (!scenario) return scenario.error();
    for (const candidate& known : all) {
      if (known.scenario.name != scenario->name) continue;
      return base::error{.what = "there is already a scenario '" + scenario->name + "'",
                         .where = file,
                         .next = "rename the file"};
    }
    all.push_back({*std::move(scenario), file});
  }
  for (const std::string& target : options.targets) {
    auto found = target_candidates(target, options);
    if (!found) return found.error();
    for (candidate& one : *found) {
      for (const candidate& known : all) {
        if (known.scenario.name != one.scenario.name) continue;
        return base::error{.what = "there is already a scenario '" + one.scenario.name + "'",
                           .where = "--target " + target,
                           .next = "give each binary once, and names that differ"};
      }
      all.push_back(std::move(one));
    }
  }
  return all;
}

base::result<std::vector<candidate>> selected(const bench_options& options,
                                              const std::vector<std::string>& filters) {
  auto all = candidates(options);
  if (!all) return all.error();
  std::vector<measure::selectable> known;
  for (const candidate& one : *all) known.push_back({one.scenario.name, one.scenario.tags});
  const auto places = measure::select_scenarios(known, filters);
  if (!places) return places.error();
  std::vector<candidate> out;
  for (const std::size_t place : *places) out.push_back(std::move((*all)[place]));
  return out;
}

// What runs if nothing is named is less than what is listed: the default set.
std::vector<std::string> filters_of_run(const bench_options& options) {
  if (!options.filters.empty() || !options.programs.empty() || !options.targets.empty()) {
    return options.filters;
  }
  return {std::string("tag:") + playbook::default_tag};
}

measure::subject to_subject(const candidate& from) {
  if (!from.command.empty()) {
    return {.name = from.scenario.name,
            .tags = from.scenario.tags,
            .description = from.scenario.description,
            .command = from.command,
            .is_pinned = !measure::has_threads(from.scenario.name)};
  }
  // The file of this very process: a build that replaces it meanwhile changes nothing.
  std::vector<std::string> command = {"/proc/self/exe", "worker", from.scenario.name};
  if (!from.program_file.empty()) {
    command.insert(command.end(), {"--program", from.program_file});
  }
  return {.name = from.scenario.name,
          .tags = from.scenario.tags,
          .description = from.scenario.description,
          .command = std::move(command)};
}

// Where the user says how long or how precise, nothing else ends the run.
constexpr std::uint32_t unlimited = 10'000;

base::result<measure::session_options> session_options_of(const bench_options& options) {
  measure::session_options out;
  if (options.quick) {
    out.budget_ns = 45'000'000'000;
    out.precision = 0.05;
    out.most_processes = 40;
  }
  if (options.thorough) {
    out.budget_ns = 900'000'000'000;
    out.precision = 0.005;
    out.most_processes = 1000;
  }
  if (!options.time.empty()) {
    const auto budget = duration_ns("--time", options.time);
    if (!budget) return budget.error();
    out.budget_ns = *budget;
    out.most_processes = unlimited;
  }
  if (!options.precision.empty()) {
    const auto precision = units::parse_percent(options.precision);
    if (!precision) return option_error("--target-precision", precision.error());
    out.precision = *precision;
    out.most_processes = unlimited;
  }
  if (options.seed.empty()) {
    out.seed = std::random_device()();
  } else {
    const auto seed = units::parse_count(options.seed, 0, UINT64_MAX);
    if (!seed) return option_error("--seed", seed.error());
    out.seed = *seed;
  }
  out.cpus = measure::usable_cpus();
  return out;
}

// As execvp looks for it.
bool is_in_path(const std::string& program, const char* path) {
  std::string_view rest = path == nullptr ? "/usr/bin:/bin" : path;
  while (true) {
    const std::size_t end = rest.find(':');
    const std::string folder(end == 0 || rest.empty() ? "." : rest.substr(0, end));
    if (::access((folder + "/" + program).c_str(), X_OK) == 0) return true;
    if (end == std::string_view::npos) return false;
    rest.remove_prefix(end + 1);
  }
}

// Whether the file could be written at the end, without changing what is there.
base::result<void> check_writable(base::file_system& files, const std::string& path) {
  const bool was_there = files.exists(path);
  if (auto appended = files.append(path, ""); !appended) return appended;
  if (was_there) return {};
  return files.remove(path);
}

}  // namespace

base::result<bench_plan> plan_bench(const bench_options& options) {
  const auto as_json = wants_json(options.format);
  if (!as_json) return as_json.error();
  const auto session = session_options_of(options);
  if (!session) return session.error();
  std::int64_t timeout_ns = 10'000'000'000;
  if (!options.timeout.empty()) {
    const auto given = duration_ns("--timeout", options.timeout);
    if (!given) return given.error();
    timeout_ns = *given;
  }
  const auto chosen = selected(options, filters_of_run(options));
  if (!chosen) return chosen.error();
  if (options.instructions && !is_in_path("valgrind", std::getenv("PATH"))) {
    return base::error{.what = "valgrind is not installed",
                       .where = "--instructions",
                       .next = "apt-get install valgrind"};
  }
  if (!options.save.empty()) {
    if (auto named = store::check_name(options.save, "baseline name"); !named) return named.error();
  }
  if (!options.out.empty()) {
    if (auto writable = check_writable(base::real_files(), options.out); !writable) {
      return option_error("--out", writable.error());
    }
  }
  bench_plan plan{.subjects = {},
                  .session = *session,
                  .timeout_ns = timeout_ns,
                  .state = state_dir_of(options),
                  .out_file = options.out,
                  .baseline = options.save,
                  .as_json = *as_json};
  if (options.instructions) {
    plan.session.instructions_folder =
        plan.state.root() + "/callgrind-" + std::to_string(::getpid());
  }
  for (const candidate& one : *chosen) plan.subjects.push_back(to_subject(one));
  return plan;
}

store::state_dir state_dir_of(const bench_options& options) {
  return store::state_dir::resolve(options.dir.empty() ? std::nullopt : std::optional(options.dir),
                                   std::getenv("NEVAPERF_DIR"));
}

int list_scenarios(const bench_options& options) {
  const auto as_json = wants_json(options.format);
  if (!as_json) return report(as_json.error());
  auto chosen = selected(options, options.filters);
  if (!chosen) return report(chosen.error());
  std::vector<measure::scenario> scenarios;
  for (candidate& one : *chosen) scenarios.push_back(std::move(one.scenario));
  const std::string text =
      *as_json ? scenario_list_json(scenarios) : scenario_list_text(scenarios, false);
  std::fputs(text.c_str(), stdout);
  return status_done;
}

}  // namespace nevaperf::cli
