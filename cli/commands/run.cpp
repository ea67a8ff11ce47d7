// nevaperf run PROGRAM.json [-- ARGS]: runs a Neva IR program. Its output and its exit status are
// its own.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <memory>
#include <vector>

#include "cli/command.hpp"
#include "core/base/file.hpp"
#include "runtime/nodes/function_reference.hpp"
#include "runtime/nodes/registry.hpp"
#include "runtime/program/program.hpp"

namespace nevaperf::cli {

namespace {

constexpr unsigned most_workers = 1024;

struct run_options {
  std::string file;
  std::vector<std::string> arguments;
  unsigned workers = 1;
  bool list_functions = false;
  std::string format = "text";
};

void print_functions() {
  for (const runtime::function_family& family : runtime::function_families()) {
    std::printf("%.*s\n", static_cast<int>(family.name.size()), family.name.data());
    for (const runtime::function& f : family.functions)
      std::printf("  %-26.*s %.*s\n", static_cast<int>(f.ref.size()), f.ref.data(),
                  static_cast<int>(f.summary.size()), f.summary.data());
  }
}

// What the end of a program looks like on stderr; the program's stdout is never touched.
int finish(const runtime::outcome& how, const std::string& file) {
  using kind = runtime::outcome::kind;
  switch (how.how) {
    case kind::panicked:
      std::fprintf(stderr, "panic: %s\n", how.text.c_str());
      break;
    case kind::deadlocked:
      std::fprintf(stderr, "nevaperf: %s: %s", file.c_str(), how.text.c_str());
      break;
    case kind::failed:
      report(how.failure.within(file));
      break;
    case kind::stopped:
    case kind::exited:
    case kind::cancelled:
      break;
  }
  return how.status;
}

int run_program(const run_options& options) {
  if (options.list_functions) {
    if (options.format == "markdown")
      std::fputs(runtime::function_reference().c_str(), stdout);
    else
      print_functions();
    return status_done;
  }
  if (options.file.empty())
    return report({.what = "no program given", .where = {}, .next = "nevaperf run PROGRAM.json"});
  auto text = base::real_files().read(options.file);
  if (!text) return report(text.error());
  auto program = runtime::program::load(*text);
  if (!program) return report(program.error().within(options.file));
  std::vector<std::string> arguments{options.file};
  arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
  runtime::environment world = runtime::environment::of_process(std::move(arguments));
  // A closed pipe is an error of the node that writes, not the death of the process.
  std::signal(SIGPIPE, SIG_IGN);
  return finish(program->run(world, {.workers = options.workers}), options.file);
}

}  // namespace

void add_run(CLI::App& app, int& status) {
  auto options = std::make_shared<run_options>();
  CLI::App* verb =
      app.add_subcommand("run", "Run a Neva program (IR JSON) on the embedded runtime");
  verb->add_option("program", options->file,
                   "The program, as 'neva build --target ir "
                   "--target-ir-format json' writes it");
  verb->add_option("arguments", options->arguments, "Arguments of the program, after --");
  verb->add_option("--workers", options->workers, "Threads that may run nodes; 0: one for each CPU")
      ->check(CLI::Range(0U, most_workers));
  verb->add_flag("--functions", options->list_functions, "List the runtime functions and exit");
  verb->add_option("--format", options->format, "Of the list of functions: text or markdown")
      ->check(CLI::IsMember({"text", "markdown"}))
      ->type_name("FORMAT");
  verb->callback([options, &status] { status = run_program(*options); });
}

}  // namespace nevaperf::cli
