// nevaperf baseline list | show NAME | save NAME | remove NAME: the runs that are kept to compare
// with.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "core/base/clock.hpp"
#include "core/report/baseline_text.hpp"
#include "core/report/run_text.hpp"
#include "core/store/baseline_store.hpp"
#include "core/store/run_store.hpp"
#include "profiles/pprof/read_profile.hpp"

namespace nevaperf::cli {

namespace {

struct baseline_options {
  std::string name;
  std::string run;
  std::vector<std::string> profiles;
  std::string format = "text";
  std::string dir;
};

store::state_dir state_of(const baseline_options& options) {
  return store::state_dir::resolve(options.dir.empty() ? std::nullopt : std::optional(options.dir),
                                   std::getenv("NEVAPERF_DIR"));
}

bool colour_on_stdout() {
  return std::getenv("NO_COLOR") == nullptr && ::isatty(STDOUT_FILENO) == 1;
}

int list(const baseline_options& options) {
  const store::baseline_store baselines(base::real_files(), state_of(options));
  const auto names = baselines.names();
  if (!names) return report(names.error());
  std::vector<formats::baseline> found;
  int status = status_done;
  for (const std::string& name : *names) {
    auto one = baselines.load(name);
    if (one) {
      found.push_back(*std::move(one));
    } else {
      status = report(one.error());
    }
  }
  if (options.format == "json") {
    std::fputs(report::baseline_list_json(found).c_str(), stdout);
  } else if (found.empty() && status == status_done) {
    std::printf("no baselines in %s; nevaperf bench --save main makes one\n",
                state_of(options).baselines().c_str());
  } else {
    std::fputs(report::baseline_list_text(found, colour_on_stdout()).c_str(), stdout);
  }
  return status;
}

int show(const baseline_options& options) {
  const store::baseline_store baselines(base::real_files(), state_of(options));
  const auto found = baselines.load(options.name);
  if (!found) return report(found.error());
  if (options.format == "json") {
    const auto text = formats::write_baseline(*found);
    if (!text) return report(text.error());
    std::fputs(text->c_str(), stdout);
    return status_done;
  }
  std::fputs(report::baseline_text(*found).c_str(), stdout);
  for (const formats::kept_profile& one : found->profiles) {
    std::printf("profile %s: %s\n", one.name.c_str(),
                baselines.profile_path(options.name, one).c_str());
  }
  if (!found->profiles.empty()) std::printf("\n");
  std::fputs(report::run_table(found->run, colour_on_stdout()).c_str(), stdout);
  std::fflush(stdout);
  std::fputs(report::run_doubts(found->run, false).c_str(), stderr);
  return status_done;
}

base::result<model::run> run_to_save(const baseline_options& options) {
  if (!options.run.empty() && base::real_files().exists(options.run)) {
    return store::read_run_file(base::real_files(), options.run);
  }
  const store::run_store runs(base::real_files(), state_of(options));
  if (!options.run.empty()) return runs.load(options.run);
  const auto ids = runs.ids();
  if (!ids) return ids.error();
  if (ids->empty()) {
    return base::error{.what = "there is no run to save",
                       .where = state_of(options).runs(),
                       .next = "nevaperf bench --save " + options.name + " measures and saves one"};
  }
  return runs.load(ids->back());
}

// Checked before they are kept: who needs one later cannot make it again.
base::result<std::vector<store::profile_file>> profiles_to_save(const baseline_options& options) {
  std::vector<store::profile_file> out;
  for (const std::string& path : options.profiles) {
    auto bytes = base::real_files().read(path);
    if (!bytes) return bytes.error();
    if (const auto read = profiles::read_profile(*bytes); !read) return read.error().within(path);
    out.push_back(
        {.name = std::filesystem::path(path).filename().string(), .bytes = *std::move(bytes)});
  }
  return out;
}

int save(const baseline_options& options) {
  const auto run = run_to_save(options);
  if (!run) return report(run.error());
  const auto profiles = profiles_to_save(options);
  if (!profiles) return report(profiles.error());
  const std::string now = base::rfc3339(base::system_clock().wall_ns());
  const auto path = store::baseline_store(base::real_files(), state_of(options))
                        .save(options.name, now, *run, *profiles);
  if (!path) return report(path.error());
  std::printf("baseline '%s': %s (run %s)\n", options.name.c_str(), path->c_str(), run->id.c_str());
  return status_done;
}

int remove(const baseline_options& options) {
  store::baseline_store baselines(base::real_files(), state_of(options));
  if (auto removed = baselines.remove(options.name); !removed) return report(removed.error());
  std::printf("baseline '%s' is removed\n", options.name.c_str());
  return status_done;
}

void add_format(CLI::App& verb, baseline_options& options) {
  verb.add_option("--format", options.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT");
}

}  // namespace

void add_baseline(CLI::App& app, int& status) {
  auto options = std::make_shared<baseline_options>();
  CLI::App* verb = app.add_subcommand("baseline", "The runs that are kept to compare with");
  verb->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, int (*run)(const baseline_options&)) {
    CLI::App* one = verb->add_subcommand(name, what);
    one->add_option("--dir", options->dir, "Folder of the state (NEVAPERF_DIR; .nevaperf)")
        ->type_name("DIR");
    one->callback([options, &status, run] { status = run(*options); });
    return one;
  };
  const auto add_named = [&](const char* name, const char* what,
                             int (*run)(const baseline_options&)) {
    CLI::App* one = add(name, what, run);
    one->add_option("name", options->name, "Name of the baseline")->required();
    return one;
  };
  add_format(*add("list", "All of them", list), *options);
  add_format(*add_named("show", "What one holds", show), *options);
  CLI::App* save_verb = add_named("save", "Keep a run under a name", save);
  save_verb->add_option("--run", options->run, "A run file or the id of a run (the newest)")
      ->type_name("RUN");
  save_verb->add_option("--profile", options->profiles, "A profile to keep with it; repeatable")
      ->type_name("FILE")
      ->default_str("")
      ->allow_extra_args(false);
  add_named("remove", "Remove one", remove);
}

}  // namespace nevaperf::cli
