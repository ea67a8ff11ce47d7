#include "cli/compare_output.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "cli/command.hpp"
#include "core/compare/compare_json.hpp"
#include "core/report/compare_csv.hpp"
#include "core/report/compare_markdown.hpp"
#include "core/report/compare_text.hpp"

namespace nevaperf::cli {

namespace {

std::string text_of(const compare::comparison_set& data, const compare_output& how, bool colour) {
  if (how.format == "json") return compare::to_json_text(data);
  if (how.format == "markdown") return report::compare_markdown(data, how.all);
  if (how.format == "csv") return report::compare_csv(data);
  return report::compare_text(data, {.colour = colour, .all = how.all, .explain = how.explain});
}

}  // namespace

int print_comparison(const compare::comparison_set& data, const compare_output& how) {
  const bool plain = std::getenv("NO_COLOR") != nullptr;
  const std::string text = text_of(data, how, !plain && ::isatty(STDOUT_FILENO) == 1);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (std::fflush(stdout) != 0) {
    return report({.what = "cannot write the result", .where = "standard output", .next = ""});
  }
  std::fputs(report::compare_doubts(data, !plain && ::isatty(STDERR_FILENO) == 1).c_str(), stderr);
  return how.fail && data.count(compare::verdict::slower) > 0 ? status_regression : status_done;
}

}  // namespace nevaperf::cli
