// nevaperf profile show FILE: opens any profile.proto, gperftools profile or folded stacks.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "cli/command.hpp"
#include "core/base/file.hpp"
#include "core/report/terminal_text.hpp"
#include "profiles/pprof/proto_writer.hpp"
#include "profiles/pprof/read_profile.hpp"
#include "profiles/render/amounts.hpp"
#include "profiles/render/exports.hpp"
#include "profiles/render/filter.hpp"
#include "profiles/render/flame_graph.hpp"
#include "profiles/render/text_views.hpp"

namespace nevaperf::cli {

namespace {

constexpr std::size_t default_rows = 15;
constexpr std::size_t default_peeks = 3;

struct show_options {
  std::string file;
  std::string view = "top";
  std::string out;
  std::string type;
  std::string sort = "flat";
  std::size_t rows = default_rows;
  bool rows_given = false;
  profiles::filter filter;
};

// A profile as it is asked for, and how much it was before the filters.
struct shown_profile {
  profiles::profile profile;
  std::size_t type;
  std::int64_t whole;
};

base::result<shown_profile> open(const show_options& options) {
  const auto bytes = base::real_files().read(options.file);
  if (!bytes) return bytes.error();
  auto read = profiles::read_profile(*bytes);
  if (!read) return read.error().within(options.file);
  const auto type = profiles::find_type(*read, options.type);
  if (!type) return type.error().within(options.file);
  const std::int64_t whole = profiles::totals(*read)[*type];
  if (auto applied = profiles::apply(options.filter, *read); !applied) return applied.error();
  return shown_profile{.profile = std::move(*read), .type = *type, .whole = whole};
}

std::string title_of(const std::string& file) {
  return report::printable(std::filesystem::path(file).filename().string());
}

// Three lines: what the file is, what it holds, what is shown.
std::string summary(const show_options& options, const shown_profile& p,
                    const profiles::stack_view& view) {
  const auto& data = p.profile;
  std::string text = title_of(options.file) + ": " + profiles::amount_text(p.whole, view.unit) +
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

base::result<std::string> render(const show_options& options, const shown_profile& p) {
  if (options.view == "pprof") return profiles::write_packed_proto(p.profile);
  const std::string title = title_of(options.file);
  if (options.view == "speedscope" && options.type.empty()) {
    std::vector<profiles::stack_view> all;
    for (std::size_t i = 0; i < p.profile.types.size(); ++i)
      all.push_back(profiles::make_stack_view(p.profile, i));
    return profiles::speedscope_json(all, title);
  }
  const auto view = profiles::make_stack_view(p.profile, p.type);
  if (options.view == "speedscope") return profiles::speedscope_json({&view, 1}, title);
  if (options.view == "folded") return profiles::folded_text(view);
  if (options.view == "flame") return profiles::flame_graph_html(view, title);
  if (options.view == "tree") return summary(options, p, view) + profiles::tree_text(view, p.whole);
  if (options.view == "peek") {
    const std::string wanted = options.filter.focus.empty() ? "" : options.filter.focus.front();
    const bool few = wanted.empty() && !options.rows_given;
    auto text = profiles::peek_text(view, p.whole, wanted, few ? default_peeks : options.rows);
    if (!text) return text.error();
    return summary(options, p, view) + *text;
  }
  return summary(options, p, view) +
         profiles::top_text(view, p.whole,
                            {.rows = options.rows, .by_cumulative = options.sort == "cum"}) +
         "\na flame graph: add --view flame -o FILE.html and open that file in a browser\n";
}

int show(const show_options& options) {
  const bool for_files = options.view == "flame" || options.view == "pprof";
  if (for_files && options.out.empty() && ::isatty(STDOUT_FILENO) == 1)
    return report({.what = "--view " + options.view + " is nothing for a terminal",
                   .where = {},
                   .next = "name a file: -o FILE"});
  const auto opened = open(options);
  if (!opened) return report(opened.error());
  const auto text = render(options, *opened);
  if (!text) return report(text.error().within(options.file));
  if (!options.out.empty()) {
    if (auto written = base::real_files().write_atomic(options.out, *text); !written)
      return report(written.error());
    std::fprintf(stderr, "written: %s\n", report::printable(options.out).c_str());
    return status_done;
  }
  const bool whole = std::fwrite(text->data(), 1, text->size(), stdout) == text->size();
  if (!whole || std::fflush(stdout) != 0)
    return report({.what = "cannot write all of the view",
                   .where = "standard output",
                   .next = "is the disk full, or was the reader closed?"});
  return status_done;
}

}  // namespace

void add_profile_show(CLI::App& profile, int& status) {
  auto options = std::make_shared<show_options>();
  CLI::App* verb = profile.add_subcommand(
      "show",
      "Show a profile: profile.proto, gperftools' CPU, heap or contention profile, folded stacks");
  verb->add_option("file", options->file, "The profile; its kind is recognised by its content")
      ->required();
  verb->add_option("--view", options->view,
                   "top, tree, peek, flame (HTML), folded, speedscope (JSON) or pprof "
                   "(profile.proto)")
      ->check(CLI::IsMember({"top", "tree", "peek", "flame", "folded", "speedscope", "pprof"}));
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
  verb->add_option("--sort", options->sort, "Of top: flat or cum")
      ->check(CLI::IsMember({"flat", "cum"}));
  CLI::Option* rows = verb->add_option("--rows", options->rows, "Functions in top and peek; 0: all")
                          ->type_name("N");
  verb->callback([options, rows, &status] {
    options->rows_given = rows->count() > 0;
    status = show(*options);
  });
}

}  // namespace nevaperf::cli
