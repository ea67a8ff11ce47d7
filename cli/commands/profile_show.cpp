// nevaperf profile show FILE: opens any profile.proto, gperftools profile or folded stacks.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "cli/command.hpp"
#include "cli/profile_output.hpp"
#include "core/base/file.hpp"
#include "core/report/terminal_text.hpp"
#include "profiles/model/merge.hpp"
#include "profiles/pprof/legacy_writer.hpp"
#include "profiles/pprof/proto_writer.hpp"
#include "profiles/render/amounts.hpp"
#include "profiles/render/exports.hpp"
#include "profiles/render/filter.hpp"
#include "profiles/render/flame_graph.hpp"
#include "profiles/render/source_list.hpp"
#include "profiles/render/text_views.hpp"

namespace nevaperf::cli {

namespace {

constexpr std::size_t default_rows = 15;
constexpr std::size_t default_peeks = 3;

struct show_options {
  std::vector<std::string> files;
  std::string view = "top";
  std::string out;
  std::string type;
  std::string sort = "flat";
  std::size_t rows = default_rows;
  bool rows_given = false;
  std::optional<std::string> list;  // of --list
  profiles::source_places places;
  profiles::filter filter;
};

// A profile as it is asked for, and how much it was before the filters.
struct shown_profile {
  profiles::profile profile;
  std::size_t type;
  std::int64_t whole;
};

base::result<profiles::profile> open_merged(const std::vector<std::string>& files) {
  std::vector<profiles::profile> all;
  for (const std::string& file : files) {
    auto read = open_profile(file);
    if (!read) return read.error();
    if (!all.empty() && !profiles::same_types(all.front(), *read))
      return base::error{.what = "its sample types differ from those of " + files.front(),
                         .where = file,
                         .next = "show profiles of one kind together"};
    all.push_back(*std::move(read));
  }
  if (all.size() == 1) return std::move(all.front());
  return profiles::merge(all);
}

base::result<shown_profile> open(const show_options& options) {
  auto read = open_merged(options.files);
  if (!read) return read.error();
  const auto type = profiles::find_type(*read, options.type);
  if (!type) return type.error().within(options.files.front());
  const std::int64_t whole = profiles::totals(*read)[*type];
  if (auto applied = profiles::apply(options.filter, *read); !applied) return applied.error();
  return shown_profile{.profile = std::move(*read), .type = *type, .whole = whole};
}

std::string title_of(const std::vector<std::string>& files) {
  std::string title = report::printable(std::filesystem::path(files.front()).filename().string());
  if (files.size() > 1) title += " and " + std::to_string(files.size() - 1) + " more";
  return title;
}

// Three lines: what the file is, what it holds, what is shown.
std::string summary(const show_options& options, const shown_profile& p,
                    const profiles::stack_view& view) {
  const auto& data = p.profile;
  std::string text = title_of(options.files) + ": " + profiles::amount_text(p.whole, view.unit) +
                     " of " + view.type;
  if (data.duration_ns > 0) text += " in " + profiles::amount_text(data.duration_ns, "nanoseconds");
  text += "\nholds ";
  for (std::size_t i = 0; i < data.types.size(); ++i)
    text += (i == 0 ? "" : ", ") + report::printable(data.text(data.types[i].type));
  text += " (--type); " + std::to_string(data.samples.size()) + " stacks, " +
          std::to_string(view.frames.size()) + " functions\nshown: ";
  text += view.total == p.whole ? "all of it"
                                : profiles::amount_text(view.total, view.unit) + " (" +
                                      profiles::share_text(view.total, p.whole) + ")";
  return text + "\n\n";
}

// How to look at it in other ways; each line can be typed as it is.
std::string where_next(const show_options& options, const shown_profile& p) {
  std::string files;
  for (const std::string& file : options.files) files += " " + report::printable(file);
  std::string text = "\nflame graph:  nevaperf profile show" + files +
                     " --view flame -o flame.html, and open that in a browser\n";
  const bool has_lines = std::ranges::any_of(
      p.profile.functions, [](const profiles::function& f) { return f.file != profiles::no_text; });
  if (has_lines) text += "source lines: nevaperf profile show" + files + " --list NAME\n";
  return text;
}

base::result<std::string> google_pprof(const show_options& options, const shown_profile& p) {
  const auto made = profiles::write_legacy(p.profile);
  if (!made) return made.error().within(options.files.front());
  if (made->negative > 0)
    std::fprintf(stderr,
                 "warning: %zu samples with negative values are left out: the format has "
                 "none\n",
                 made->negative);
  if (!options.out.empty())
    std::fprintf(stderr, "open it: google-pprof --text %s%s\n", made->has_names ? "" : "PROGRAM ",
                 report::printable(options.out).c_str());
  return made->bytes;
}

base::result<std::string> render(const show_options& options, const shown_profile& p) {
  if (options.view == "pprof") return profiles::write_packed_proto(p.profile);
  if (options.view == "google-pprof") return google_pprof(options, p);
  const std::string title = title_of(options.files);
  if (options.view == "speedscope" && options.type.empty()) {
    std::vector<profiles::stack_view> all;
    for (std::size_t i = 0; i < p.profile.types.size(); ++i)
      all.push_back(profiles::make_stack_view(p.profile, i));
    return profiles::speedscope_json(all, title);
  }
  const auto view = profiles::make_stack_view(p.profile, p.type);
  const bool few = !options.rows_given;
  const auto under_summary = [&](base::result<std::string> text) -> base::result<std::string> {
    if (!text) return text.error();
    return summary(options, p, view) + *text;
  };
  if (options.view == "speedscope") return profiles::speedscope_json({&view, 1}, title);
  if (options.view == "folded") return profiles::folded_text(view);
  if (options.view == "flame") return profiles::flame_graph_html(view, title);
  if (options.view == "tree") return summary(options, p, view) + profiles::tree_text(view, p.whole);
  if (options.view == "peek") {
    const std::string wanted = options.filter.focus.empty() ? "" : options.filter.focus.front();
    return under_summary(profiles::peek_text(view, p.whole, wanted,
                                             few && wanted.empty() ? default_peeks : options.rows));
  }
  if (options.view == "list")
    return under_summary(profiles::list_text(p.profile, p.type, p.whole,
                                             {.pattern = options.list.value_or(""),
                                              .rows = few ? default_peeks : options.rows,
                                              .places = options.places},
                                             base::real_files()));
  return summary(options, p, view) +
         profiles::top_text(view, p.whole,
                            {.rows = options.rows, .by_cumulative = options.sort == "cum"}) +
         where_next(options, p);
}

int show(show_options options) {
  if (options.list) options.view = "list";
  if (auto fits = check_place(options.view, options.out); !fits) return report(fits.error());
  const auto opened = open(options);
  if (!opened) return report(opened.error());
  const auto text = render(options, *opened);
  if (!text) return report(text.error());
  return put_output(*text, options.out);
}

}  // namespace

void add_profile_show(CLI::App& profile, int& status) {
  auto options = std::make_shared<show_options>();
  CLI::App* verb = profile.add_subcommand(
      "show",
      "Show a profile: profile.proto, gperftools' CPU, heap or contention profile, folded stacks");
  verb->add_option("files", options->files,
                   "The profile, recognised by its content; several of one kind are added up")
      ->required()
      ->default_str("")
      ->type_name("FILE");
  CLI::Option* view =
      verb->add_option("--view", options->view,
                       "top, tree, peek, list (source), flame (HTML), folded, speedscope (JSON), "
                       "pprof (profile.proto) or google-pprof (gperftools' own formats)")
          ->check(CLI::IsMember({"top", "tree", "peek", "list", "flame", "folded", "speedscope",
                                 "pprof", "google-pprof"}));
  verb->add_option("--list", options->list,
                   "The source of the functions that match, with what each line took")
      ->type_name("RE")
      ->excludes(view);
  verb->add_option("-o,--out", options->out, "Write to this file instead of standard output")
      ->type_name("FILE");
  verb->add_option("--type", options->type,
                   "The sample type to show, such as alloc_space; default: the profile's own")
      ->type_name("NAME");
  const auto patterns = [&](const char* name, std::vector<std::string>& to, const char* text) {
    verb->add_option(name, to, text)->type_name("RE")->allow_extra_args(false);
  };
  patterns("--focus", options->filter.focus,
           "Only stacks with a function, source file or module that matches; repeatable. peek "
           "shows the first");
  patterns("--ignore", options->filter.ignore, "No stacks with a match; repeatable");
  patterns("--tag-focus", options->filter.tag_focus,
           "Only samples with a label that matches, as KEY=RE or RE; repeatable");
  patterns("--tag-ignore", options->filter.tag_ignore, "No samples with such a label; repeatable");
  const auto places = [&](const char* name, std::vector<std::string>& to, const char* text,
                          const char* kind) {
    verb->add_option(name, to, text)->type_name(kind)->default_str("")->allow_extra_args(false);
  };
  places("--source-path", options->places.folders,
         "Look for source files below this folder too; repeatable", "DIR");
  places("--trim-path", options->places.trims,
         "Take this off the start of the paths of source files; repeatable", "PREFIX");
  verb->add_option("--sort", options->sort, "Of top: flat or cum")
      ->check(CLI::IsMember({"flat", "cum"}));
  CLI::Option* rows =
      verb->add_option("--rows", options->rows, "Functions in top, peek and list; 0: all")
          ->type_name("N");
  verb->callback([options, rows, &status] {
    options->rows_given = rows->count() > 0;
    status = show(*options);
  });
}

}  // namespace nevaperf::cli
