#include "cli/profile_gather.hpp"

#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <thread>
#include <tuple>

#include "cli/interrupt.hpp"
#include "cli/profile_worker.hpp"
#include "cli/program_file.hpp"
#include "cli/scenario_set.hpp"
#include "core/base/process.hpp"
#include "core/measure/scenario.hpp"
#include "core/units/format.hpp"
#include "playbook/scenarios/families.hpp"
#include "profiles/symbols/symbolize.hpp"

namespace nevaperf::cli {

namespace {

using profiles::collection_plan;
using profiles::launch_needs;

// After a polite signal, before one that cannot be ignored.
constexpr std::chrono::seconds grace{2};

std::string library_folder() {
  char path[4096];
  const ssize_t length = ::readlink("/proc/self/exe", path, sizeof path);
  if (length <= 0) return ".";
  const std::filesystem::path program(std::string(path, static_cast<std::size_t>(length)));
  const std::filesystem::path installed = program.parent_path().parent_path() / "lib" / "nevaperf";
  return std::filesystem::is_directory(installed) ? installed.string()
                                                  : program.parent_path().string();
}

// What several kinds need in one process.
launch_needs combined(const std::vector<launch_needs>& all) {
  launch_needs made;
  for (const launch_needs& one : all) {
    for (const std::string& library : one.preload)
      if (std::ranges::find(made.preload, library) == made.preload.end())
        made.preload.push_back(library);
    made.environment.insert(made.environment.end(), one.environment.begin(), one.environment.end());
  }
  return made;
}

std::vector<std::pair<std::string, std::string>> environment_of(const launch_needs& needs) {
  auto made = needs.environment;
  std::string libraries;
  for (const std::string& library : needs.preload)
    libraries += (libraries.empty() ? "" : ":") + library;
  // What the user preloads stays, behind ours.
  if (const char* before = std::getenv("LD_PRELOAD"); before != nullptr && *before != '\0')
    libraries += (libraries.empty() ? "" : ":") + std::string(before);
  if (!libraries.empty()) made.emplace_back("LD_PRELOAD", libraries);
  return made;
}

// Ends a child that runs longer than it may.
class time_limit {
 public:
  time_limit(std::int64_t pid, double seconds) {
    if (seconds <= 0) return;
    watch_ = std::jthread([this, pid, seconds](const std::stop_token& done) {
      std::mutex lock;
      std::unique_lock hold(lock);
      std::condition_variable_any pause;
      const auto never = [] { return false; };
      pause.wait_for(hold, done, std::chrono::duration<double>(seconds), never);
      if (done.stop_requested()) return;
      has_passed_ = true;
      ::kill(static_cast<pid_t>(pid), SIGTERM);
      pause.wait_for(hold, done, grace, never);
      if (!done.stop_requested()) ::kill(static_cast<pid_t>(pid), SIGKILL);
    });
  }
  // Before the child is reaped no more: then its number may be another's.
  bool end() {
    watch_.request_stop();
    if (watch_.joinable()) watch_.join();
    return has_passed_;
  }

 private:
  std::atomic<bool> has_passed_ = false;
  std::jthread watch_;
};

model::warning doubt(std::string code, std::string text, std::string next) {
  return {.code = std::move(code), .text = std::move(text), .next = std::move(next)};
}

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of(" \r\n");
  if (end == std::string::npos) return {};
  const std::size_t start = text.rfind('\n', end);
  return text.substr(start == std::string::npos ? 0 : start + 1, end - (start + 1) + 1);
}

base::result<profiles::gathered> gather_scenario(const profile_wish& wish,
                                                 const profiles::profile_kind& kind) {
  profile_job job{.kind = kind.name(),
                  .seconds = wish.seconds,
                  .plan = {.folder = wish.folder + "/" + kind.name(),
                           .libraries = library_folder(),
                           .rate_hz = wish.rate_hz,
                           .alloc_bytes = wish.alloc_bytes,
                           .is_scenario = true}};
  std::filesystem::create_directories(job.plan.folder);
  const auto needs = kind.needs(job.plan);
  if (!needs) return needs.error();

  base::process_options how;
  how.argv = {"/proc/self/exe", "worker"};
  if (wish.target.what == profile_target::kind::program)
    how.argv.insert(how.argv.end(), {program_scenario_name(wish.target.words[0]), "--program",
                                     wish.target.words[0]});
  else
    how.argv.push_back(wish.target.words[0]);
  const auto words = words_of(job);
  how.argv.insert(how.argv.end(), words.begin(), words.end());
  how.environment = environment_of(*needs);
  how.in = base::stream::null;
  how.out = base::stream::null;
  how.own_group = false;  // Ctrl-C reaches it
  auto worker = base::real_processes().start(how);
  if (!worker) return worker.error();
  const base::exit_report end = (*worker)->wait(base::forever);

  auto got = kind.read(job.plan);
  const auto work = read_work(job.plan.folder);
  if (!end.clean() || !work) {
    const std::string words_of_worker = last_line((*worker)->error_text());
    const std::string why = words_of_worker.empty() ? end.words() : words_of_worker;
    if (!got || end.signal == 0)
      return base::error{
          .what = "its worker failed: " + why, .where = wish.target.title(), .next = {}};
    got->doubts.push_back(doubt("cut-short", "the worker did not come to its end: " + why,
                                "nothing: what it did until then is here"));
  } else if (got) {
    got->notes.push_back("operations: " + std::to_string(work->operations));
  }
  return got;
}

base::result<std::vector<base::result<profiles::gathered>>> gather_command(
    const profile_wish& wish) {
  const auto file = find_program(wish.target.words[0]);
  if (!file)
    return base::error{.what = "there is no such program",
                       .where = wish.target.words[0],
                       .next = "check its path, or PATH"};
  if (const auto why = why_no_preload(*file))
    return base::error{.what = *why + ": no library can be preloaded into it",
                       .where = *file,
                       .next = "profile one that is linked dynamically and runs as you"};

  std::vector<collection_plan> plans;
  std::vector<launch_needs> all_needs;
  for (const profiles::profile_kind* kind : wish.kinds) {
    plans.push_back({.folder = wish.folder + "/" + kind->name(),
                     .libraries = library_folder(),
                     .rate_hz = wish.rate_hz,
                     .alloc_bytes = wish.alloc_bytes,
                     .is_scenario = false});
    std::filesystem::create_directories(plans.back().folder);
    const auto needs = kind->needs(plans.back());
    if (!needs) return needs.error();
    all_needs.push_back(*needs);
  }

  base::process_options how;
  how.argv = wish.target.words;
  how.environment = environment_of(combined(all_needs));
  how.in = base::stream::inherit;
  how.out = wish.output_to_err ? base::stream::pipe : base::stream::inherit;
  how.err = base::stream::inherit;
  how.own_group = false;
  const interrupt_guard guard;  // Ctrl-C ends the program; its profile is kept
  auto program = base::real_processes().start(how);
  if (!program) return program.error();
  time_limit limit((*program)->pid(), wish.seconds);
  while (wish.output_to_err) {
    const auto line = (*program)->read_line(base::forever);
    if (line.what != base::read_outcome::kind::line) break;
    std::fprintf(stderr, "%s\n", line.text.c_str());
  }
  const base::exit_report end = (*program)->wait(base::forever);
  const bool was_ended = limit.end();

  std::vector<base::result<profiles::gathered>> all;
  for (std::size_t i = 0; i < wish.kinds.size(); ++i) {
    all.push_back(wish.kinds[i]->read(plans[i]));
    if (!all.back()) continue;
    if (was_ended)
      all.back()->doubts.push_back(doubt(
          "time-over", "the program was ended when its time was over", "give it more with --time"));
    else if (!end.clean())
      all.back()->doubts.push_back(doubt("program-failed", "the program ended with " + end.words(),
                                         "does it do so without a profile too?"));
  }
  return all;
}

}  // namespace

std::string profile_target::title() const {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

base::result<profile_target> find_target(const std::vector<std::string>& words, bool is_command) {
  using kind = profile_target::kind;
  if (words.empty() || words[0].empty())
    return base::error{.what = "nothing named to profile",
                       .where = "nevaperf profile",
                       .next = "a scenario (nevaperf bench --list), a Neva IR file, or -- COMMAND"};
  if (is_command) return profile_target{kind::command, words};
  if (words.size() > 1)
    return base::error{.what = "one scenario or one file, please; '" + words[1] + "' is too much",
                       .where = "nevaperf profile",
                       .next = "put -- before a command"};
  if (words[0].ends_with(".json")) {
    if (const auto loaded = load_program_scenario(base::real_files(), words[0]); !loaded)
      return loaded.error();
    return profile_target{kind::program, words};
  }
  const auto known = playbook::all_scenarios();
  if (measure::find_scenario(known, words[0]) != nullptr)
    return profile_target{kind::scenario, words};
  return base::error{.what = "unknown scenario '" + words[0] + "'",
                     .where = "nevaperf profile",
                     .next =
                         "see nevaperf bench --list; a Neva program ends in .json; put -- before "
                         "a command"};
}

base::result<std::vector<kind_result>> gather_profiles(const profile_wish& wish) {
  std::vector<base::result<profiles::gathered>> all;
  if (wish.target.what == profile_target::kind::command) {
    auto got = gather_command(wish);
    if (!got) return got.error();
    all = *std::move(got);
  } else {
    for (const profiles::profile_kind* kind : wish.kinds)
      all.push_back(gather_scenario(wish, *kind));
  }
  std::vector<kind_result> made;
  std::vector<model::warning> missing;
  profiles::symbolizer names;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i]) {
      missing.push_back(
          doubt("no-profile",
                std::string("no ") + wish.kinds[i]->name() + " profile: " + all[i].error().line(),
                "the other kinds are here"));
      continue;
    }
    kind_result one{.kind = wish.kinds[i], .got = *std::move(all[i])};
    for (auto& each : names.add_names(one.got.data)) one.got.doubts.push_back(std::move(each));
    one.kind->after_names(one.got);
    made.push_back(std::move(one));
  }
  if (made.empty()) return all.front().error();
  auto& doubts = made.front().got.doubts;
  doubts.insert(doubts.end(), missing.begin(), missing.end());
  return made;
}

}  // namespace nevaperf::cli
