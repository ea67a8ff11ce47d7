// nevaperf profile KINDS TARGET: gathers profiles of a scenario, a Neva program or any command, and
// shows them; and the verbs about profiles that are there already.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "cli/command.hpp"
#include "cli/profile_gather.hpp"
#include "cli/profile_kinds.hpp"
#include "cli/profile_output.hpp"
#include "cli/profile_report.hpp"
#include "core/measure/build_info.hpp"
#include "core/measure/machine.hpp"
#include "core/report/terminal_text.hpp"
#include "core/store/state_dir.hpp"
#include "core/units/parse.hpp"
#include "profiles/alloc/alloc_kind.hpp"
#include "profiles/cpu/cpu_kind.hpp"
#include "profiles/diff/difference.hpp"
#include "profiles/render/diff_views.hpp"

namespace nevaperf::cli {

namespace {

constexpr double default_scenario_seconds = 5;
constexpr double longest_seconds = 24 * 60 * 60;
constexpr std::uint64_t most_rate_hz = 100'000;
constexpr std::size_t longest_name = 60;

struct profile_options {
  std::string kinds;
  std::vector<std::string> target;
  bool is_command = false;
  std::string rate;
  std::string time;
  std::string out;
  std::string dir;
  std::string diff_base;
  std::string format = "text";
};

// "20261124-025500-pipeline-8"
std::string folder_name(const profile_target& target) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  char time[32];
  const std::size_t length = std::strftime(time, sizeof time, "%Y%m%d-%H%M%S-", &local);
  const std::string& word = target.words[0];
  const std::string title = target.what == profile_target::kind::scenario
                                ? word
                                : std::filesystem::path(word).filename().string();
  std::string name;
  for (const char c : title) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '+';
    name += is_plain ? c : '-';
  }
  return std::string(time, length) + name.substr(0, longest_name);
}

base::error cannot_make(const std::string& folder, const std::error_code& why) {
  return {.what = "cannot make the folder: " + why.message(),
          .where = folder,
          .next = "name another with --out"};
}

// A folder that is not there yet, or the one that the user named.
base::result<std::string> make_folder(const profile_options& options,
                                      const profile_target& target) {
  std::error_code failed;
  if (!options.out.empty()) {
    std::filesystem::create_directories(options.out, failed);
    if (failed) return cannot_make(options.out, failed);
    return std::filesystem::absolute(options.out).lexically_normal().string();
  }
  const auto state = store::state_dir::resolve(
      options.dir.empty() ? std::nullopt : std::optional(options.dir), std::getenv("NEVAPERF_DIR"));
  std::filesystem::create_directories(state.profiles(), failed);
  if (failed) return cannot_make(state.profiles(), failed);
  const std::string first = state.profiles() + "/" + folder_name(target);
  std::string folder = first;
  for (int i = 2; !std::filesystem::create_directory(folder, failed); ++i) {
    if (failed) return cannot_make(folder, failed);
    folder = first + "-" + std::to_string(i);
  }
  return folder;
}

// For files that live while a profile is gathered.
class raw_folder {
 public:
  explicit raw_folder(const std::string& inside)
      : path_(std::filesystem::absolute(inside).lexically_normal().string() + "/raw-" +
              std::to_string(::getpid())) {}
  raw_folder(const raw_folder&) = delete;
  raw_folder& operator=(const raw_folder&) = delete;
  ~raw_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// What must be known to compare this profile with another.
void record_environment(std::vector<kind_result>& all, const profile_wish& wish) {
  model::environment where = measure::describe_machine(base::real_files());
  if (wish.target.what != profile_target::kind::command) measure::describe_build(where);
  std::vector<std::string> lines{"target: " + wish.target.title()};
  model::for_each_field(where, where, [&lines](const char* name, const auto& value, const auto&) {
    if (!value) return;
    using type = std::decay_t<decltype(*value)>;
    if constexpr (std::is_same_v<type, std::string>)
      lines.push_back(std::string(name) + ": " + *value);
    else if constexpr (std::is_same_v<type, bool>)
      lines.push_back(std::string(name) + ": " + (*value ? "yes" : "no"));
    else if constexpr (std::is_arithmetic_v<type>)
      lines.push_back(std::string(name) + ": " + std::to_string(*value));
  });
  for (kind_result& one : all) {
    profiles::profile& p = one.got.data;
    const auto add = [&p](const std::string& text) {
      p.comments.emplace_back(static_cast<std::uint32_t>(p.texts.size()));
      p.texts.push_back(text);
    };
    for (const std::string& line : one.got.notes) add(line);
    for (const std::string& line : lines) add(line);
    for (const model::warning& each : one.got.doubts) add("warning: " + each.text);
  }
}

base::result<profile_wish> plan(const profile_options& options) {
  profile_wish wish;
  auto kinds = parse_profile_kinds(options.kinds);
  if (!kinds) return kinds.error();
  wish.kinds = *std::move(kinds);
  auto target = find_target(options.target, options.is_command);
  if (!target) return target.error();
  wish.target = *std::move(target);
  const bool is_command = wish.target.what == profile_target::kind::command;
  wish.rate_hz = profiles::default_cpu_rate_hz;
  if (!options.rate.empty()) {
    const auto rate = units::parse_count(options.rate, 1, most_rate_hz);
    if (!rate) return rate.error().within("--rate");
    wish.rate_hz = static_cast<std::int64_t>(*rate);
  }
  wish.seconds = is_command ? 0 : default_scenario_seconds;
  if (!options.time.empty()) {
    const auto time = units::parse_duration(options.time);
    if (!time) return time.error().within("--time");
    wish.seconds = time->count();
    if (wish.seconds <= 0 || wish.seconds > longest_seconds)
      return base::error{.what = "'" + options.time + "' is out of range",
                         .where = "--time",
                         .next = "more than 0, at most a day"};
  }
  wish.alloc_bytes = is_command ? profiles::command_alloc_bytes : profiles::scenario_alloc_bytes;
  wish.output_to_err = options.format == "json";
  return wish;
}

// What the profile of the kind that `base` has differs in.
base::result<std::string> compared_with(const std::string& file, const profiles::profile& base,
                                        const profile_place& place,
                                        const std::vector<kind_result>& all) {
  base::result<std::string> text =
      base::error{.what = "no profile of this run is of its kind", .where = file, .next = {}};
  for (const kind_result& one : all) {
    const std::vector<profiles::named_profile> old_side{{.name = file, .data = base}};
    const std::vector<profiles::named_profile> new_side{
        {.name = place.folder + "/" + one.kind->name() + ".pb.gz", .data = one.got.data}};
    const auto types = profiles::comparable(old_side, new_side, "", false);
    if (!types) {
      text = types.error();
      continue;
    }
    const auto sides = profiles::align(old_side, new_side, *types, std::nullopt);
    if (!sides) return sides.error();
    return "\ncompared with " + report::printable(file) + ":\n" +
           profiles::diff_text(profiles::find_difference(*sides),
                               {.old_files = {report::printable(file)},
                                .new_files = {report::printable(new_side[0].name)}});
  }
  return text;
}

void print_doubts(const std::vector<kind_result>& all) {
  for (const kind_result& one : all)
    for (const model::warning& each : one.got.doubts)
      std::fprintf(stderr, "warning: %s: %s (%s)\n", one.kind->name(),
                   report::printable(each.text).c_str(), report::printable(each.next).c_str());
}

int gather(const profile_options& options) {
  auto wish = plan(options);
  if (!wish) return report(wish.error());
  model::environment build;
  measure::describe_build(build);
  if (build.sanitizers)
    return report({.what = "this build has sanitizers, which do not go with profiles",
                   .where = "nevaperf profile",
                   .next = "use the build that scripts/nevaperf makes"});
  std::optional<profiles::profile> base;
  if (!options.diff_base.empty()) {
    auto read = open_profile(options.diff_base);
    if (!read) return report(read.error());
    base = *std::move(read);
  }
  const auto folder = make_folder(options, wish->target);
  if (!folder) return report(folder.error());
  const auto fail = [&](const base::error& e) {
    std::error_code ignored;
    if (options.out.empty()) std::filesystem::remove(*folder, ignored);  // if nothing is in it
    return report(e);
  };
  std::optional<raw_folder> raw(*folder);
  wish->folder = raw->path();
  auto all = gather_profiles(*wish);
  raw.reset();
  if (!all) return fail(all.error());
  record_environment(*all, *wish);
  const profile_place place{.folder = *folder, .title = wish->target.title()};
  if (auto written = write_profile_files(base::real_files(), place, *all); !written)
    return fail(written.error());
  print_doubts(*all);
  std::string text =
      options.format == "json" ? profile_json(place, *all) : profile_text(place, *all);
  if (base) {
    const auto difference = compared_with(options.diff_base, *base, place, *all);
    if (!difference) return fail(difference.error());
    text += *difference;
  }
  return put_output(text, {});
}

void add_gathering(CLI::App& verb, int& status) {
  auto options = std::make_shared<profile_options>();
  verb.add_option("kinds", options->kinds, "cpu, alloc or all; several with commas between")
      ->type_name("KINDS");
  verb.add_option("target", options->target,
                  "A scenario, a Neva program (IR JSON), or -- COMMAND ARGUMENTS")
      ->type_name("TARGET")
      ->default_str("");
  verb.add_option(
          "--rate", options->rate,
          "CPU samples for each second of CPU time (100); the kernel gives about 250 at most")
      ->type_name("HZ");
  verb.add_option("--time", options->time,
                  "How long a scenario is profiled (5); the most that a command may take")
      ->type_name("TIME");
  verb.add_option("--out", options->out, "Folder for the files, instead of one in the state")
      ->type_name("DIR");
  verb.add_option("--dir", options->dir, "Folder of the state (NEVAPERF_DIR; .nevaperf)")
      ->type_name("DIR");
  CLI::Option* base = verb.add_option("--diff-base", options->diff_base,
                                      "A profile to compare with; see profile diff for more")
                          ->type_name("FILE");
  verb.add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT")
      ->excludes(base);
  verb.callback([options, &verb, &status] {
    if (!verb.get_subcommands().empty()) return;
    const auto rest = verb.remaining();
    options->is_command = std::ranges::find(rest, "--") != rest.end();
    status = gather(*options);
  });
}

}  // namespace

void add_profile(CLI::App& app, int& status) {
  CLI::App* profile =
      app.add_subcommand("profile", "Profile a scenario, a program or a command; show profiles");
  add_gathering(*profile, status);
  add_profile_diff(*profile, status);
  add_profile_show(*profile, status);
}

}  // namespace nevaperf::cli
