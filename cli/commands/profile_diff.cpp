// nevaperf profile diff OLD NEW: what two profiles differ in, and what of it is noise.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "cli/command.hpp"
#include "cli/profile_output.hpp"
#include "core/report/terminal_text.hpp"
#include "core/units/format.hpp"
#include "core/units/parse.hpp"
#include "profiles/diff/difference.hpp"
#include "profiles/render/diff_views.hpp"
#include "profiles/render/filter.hpp"
#include "profiles/render/flame_graph.hpp"

namespace nevaperf::cli {

namespace {

constexpr std::size_t default_rows = 20;

struct diff_options {
  std::vector<std::string> words;
  std::vector<std::string> old_files;
  std::vector<std::string> new_files;
  std::string type;
  std::string normalise;
  std::string view = "text";
  std::string format;
  std::string out;
  std::string fail_over;
  std::size_t rows = default_rows;
  bool all = false;
  bool anyway = false;
  profiles::filter filter;
};

// A word is a file, or else a list of files with commas between.
std::vector<std::string> files_of(const std::string& word) {
  std::error_code ignored;
  if (word.find(',') == std::string::npos || std::filesystem::exists(word, ignored)) return {word};
  std::vector<std::string> files;
  for (std::size_t at = 0; at <= word.size();) {
    const std::size_t comma = std::min(word.find(',', at), word.size());
    if (comma > at) files.push_back(word.substr(at, comma - at));
    at = comma + 1;
  }
  return files;
}

// Fills both lists of files.
base::result<void> choose_files(diff_options& options) {
  const base::error usage{.what = "two sides are compared",
                          .where = {},
                          .next = "nevaperf profile diff OLD NEW, or --old FILE... --new FILE..."};
  const bool by_option = !options.old_files.empty() || !options.new_files.empty();
  if (options.words.size() != (by_option ? 0U : 2U)) return usage;
  if (!by_option) {
    options.old_files = files_of(options.words[0]);
    options.new_files = files_of(options.words[1]);
  }
  if (options.old_files.empty() || options.new_files.empty()) return usage;
  return {};
}

base::result<std::vector<profiles::named_profile>> open_all(const std::vector<std::string>& files,
                                                            const profiles::filter& filter) {
  std::vector<profiles::named_profile> made;
  for (const std::string& file : files) {
    auto read = open_profile(file);
    if (!read) return read.error();
    if (auto applied = profiles::apply(filter, *read); !applied) return applied.error();
    made.push_back({.name = file, .data = *std::move(read)});
  }
  return made;
}

std::optional<profiles::basis> basis_of(const std::string& text) {
  for (const auto each :
       {profiles::basis::operations, profiles::basis::total, profiles::basis::recorded})
    if (text == profiles::to_text(each)) return each;
  return std::nullopt;
}

void print_doubts(const std::vector<model::warning>& doubts) {
  for (const model::warning& w : doubts)
    std::fprintf(stderr, "warning: %s (%s)\n", report::printable(w.text).c_str(), w.next.c_str());
}

std::string render(const diff_options& options, const profiles::aligned_sides& sides,
                   const profiles::difference& d) {
  const auto printable = [](std::vector<std::string> files) {
    for (std::string& file : files) file = report::printable(file);
    return files;
  };
  const profiles::diff_view_options how{.old_files = printable(options.old_files),
                                        .new_files = printable(options.new_files),
                                        .rows = options.rows,
                                        .all = options.all};
  if (options.view == "folded") return profiles::diff_folded_text(sides);
  if (options.view == "flame")
    return profiles::diff_flame_html(sides, how.old_files.front() + " -> " + how.new_files.front());
  if (options.format == "json") return profiles::diff_json(d, how);
  if (options.format == "markdown") return profiles::diff_markdown(d, how);
  return profiles::diff_text(d, how);
}

int diff(diff_options options) {
  if (auto chosen = choose_files(options); !chosen) return report(chosen.error());
  if (auto fits = check_place(options.view, options.out); !fits) return report(fits.error());
  double most_growth = -1;
  if (!options.fail_over.empty()) {
    const auto given = units::parse_percent(options.fail_over);
    if (!given) return report(given.error().within("--fail-over"));
    most_growth = *given;
  }
  const auto old_side = open_all(options.old_files, options.filter);
  if (!old_side) return report(old_side.error());
  const auto new_side = open_all(options.new_files, options.filter);
  if (!new_side) return report(new_side.error());
  const auto types = profiles::comparable(*old_side, *new_side, options.type, options.anyway);
  if (!types) return report(types.error());
  const auto sides = profiles::align(*old_side, *new_side, *types, basis_of(options.normalise));
  if (!sides) return report(sides.error());
  auto found = profiles::find_difference(*sides);
  found.doubts.insert(found.doubts.begin(), types->doubts.begin(), types->doubts.end());
  const int written = put_output(render(options, *sides, found), options.out);
  if (written != status_done) return written;
  print_doubts(found.doubts);
  const auto grown = profiles::largest_growth(found);
  if (most_growth < 0 || !grown || grown->share <= most_growth) return status_done;
  std::fprintf(stderr, "%s grew by %s of the old total: more than --fail-over %s\n",
               grown->function.empty() ? "the total" : report::printable(grown->function).c_str(),
               units::format_percent(grown->share).c_str(), options.fail_over.c_str());
  return status_regression;
}

}  // namespace

void add_profile_diff(CLI::App& profile, int& status) {
  auto options = std::make_shared<diff_options>();
  CLI::App* verb = profile.add_subcommand(
      "diff", "Compare profiles: what changed, by how much, and what of it is noise");
  verb->add_option("files", options->words,
                   "OLD NEW: profiles of any kind; each may be a list of runs, FILE,FILE...")
      ->default_str("");
  const auto list = [&](const char* name, std::vector<std::string>& to, const char* text,
                        const char* kind) {
    verb->add_option(name, to, text)->type_name(kind)->default_str("")->allow_extra_args(false);
  };
  list("--old", options->old_files, "A profile of the old side; repeatable, one for each run",
       "FILE");
  list("--new", options->new_files, "A profile of the new side; repeatable", "FILE");
  verb->add_option("--type", options->type,
                   "The sample type to compare; default: the old profile's own")
      ->type_name("NAME");
  verb->add_option(
          "--normalise", options->normalise,
          "By operations, by total or none; default: operations where the profiles say how "
          "many, else total")
      ->check(CLI::IsMember({"operations", "total", "none"}));
  list("--focus", options->filter.focus,
       "Only stacks with a function, source file or module that matches; repeatable", "RE");
  list("--ignore", options->filter.ignore, "No stacks with a match; repeatable", "RE");
  verb->add_option("--rows", options->rows, "Functions to show; 0: all")->type_name("N");
  verb->add_flag("--all", options->all, "Show what lies within the noise too");
  verb->add_flag("--anyway", options->anyway,
                 "Compare other kinds, units, sampling periods or allocators all the same");
  verb->add_option(
          "--fail-over", options->fail_over,
          "Exit with 1 if something grew, beyond the noise, by more than this share of the "
          "old total")
      ->type_name("PCT");
  CLI::Option* view =
      verb->add_option("--view", options->view, "text, flame (HTML) or folded (with two columns)")
          ->check(CLI::IsMember({"text", "flame", "folded"}));
  verb->add_option("--format", options->format, "text, markdown or json")
      ->check(CLI::IsMember({"text", "markdown", "json"}))
      ->excludes(view);
  verb->add_option("-o,--out", options->out, "Write to this file instead of standard output")
      ->type_name("FILE");
  verb->callback([options, &status] { status = diff(*options); });
}

}  // namespace nevaperf::cli
