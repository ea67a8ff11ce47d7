#include "cli/application.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "cli/command.hpp"
#include "core/report/terminal_text.hpp"

namespace nevaperf::cli {

int report(const base::error& e) {
  std::fprintf(stderr, "nevaperf: %s\n", report::printable(e.line()).c_str());
  return status_error;
}

namespace {

// CLI11 puts several lines into some messages; errors are one line here.
int report_usage(const CLI::App& app, const CLI::ParseError& e) {
  // It says that a verb is missing where there is one that it does not know.
  if (const auto unknown = app.remaining(); !unknown.empty() && app.get_subcommands().empty())
    return report({.what = "unknown verb or option '" + unknown.front() + "'",
                   .where = {},
                   .next = "see nevaperf --help"});
  return report({.what = e.what(), .where = {}, .next = "see nevaperf --help"});
}

}  // namespace

int run_application(int argc, char** argv) {
  int status = status_done;
  CLI::App app{"nevaperf: performance profiling for message-passing runtimes", "nevaperf"};
  app.set_version_flag("--version", "nevaperf " NEVAPERF_VERSION);
  app.require_subcommand(1);
  app.option_defaults()->always_capture_default();
  add_bench(app, status);
  add_compare(app, status);
  add_baseline(app, status);
  add_doctor(app, status);
  add_profile(app, status);
  add_run(app, status);
  add_worker(app, status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& e) {  // --help, --version
    return app.exit(e);
  } catch (const CLI::ParseError& e) {
    return report_usage(app, e);
  } catch (const std::exception& e) {
    return report({.what = e.what(), .where = {}, .next = {}});
  }
  return status;
}

}  // namespace nevaperf::cli
