// nevaperf run PROGRAM.json [-- ARGS]: runs a Neva IR program. Its output and its exit status are
// its own.
#include <CLI/CLI.hpp>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/run_stats.hpp"
#include "cli/trace_file.hpp"
#include "core/base/file.hpp"
#include "runtime/nodes/function_reference.hpp"
#include "runtime/nodes/registry.hpp"
#include "runtime/observe/observer_pair.hpp"
#include "runtime/program/program.hpp"

namespace nevaperf::cli {

namespace {

constexpr unsigned most_workers = 1024;
constexpr std::size_t most_capacity = 65'536;

const std::map<std::string, runtime::order_policy> orders = {
    {"needed-only", runtime::order_policy::needed_only},
    {"global", runtime::order_policy::global},
    {"relaxed", runtime::order_policy::relaxed},
    {"none", runtime::order_policy::none}};

const std::map<std::string, runtime::message_form> message_forms = {
    {"tagged16", runtime::message_form::tagged16},
    {"tagged48", runtime::message_form::tagged48},
    {"boxed", runtime::message_form::boxed}};

const std::map<std::string, runtime::slot_handling> slot_handlings = {
    {"readiness", runtime::slot_handling::readiness},
    {"task-per-slot", runtime::slot_handling::task_per_slot},
    {"pool", runtime::slot_handling::pool}};

constexpr std::size_t most_trace_events = std::size_t{1} << 28;

struct run_options {
  std::string file;
  std::vector<std::string> arguments;
  unsigned workers = 0;
  std::size_t capacity = 0;
  std::string order = "needed-only";
  std::string message = "tagged16";
  std::string slots = "readiness";
  std::string pooling = "on";
  std::string trace_file;
  std::size_t trace_events = runtime::trace::default_events;
  bool wants_stats = false;
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
    case kind::panicked: {
      const std::string line = "panic: " + how.text + "\n";  // may have zero bytes
      std::fwrite(line.data(), 1, line.size(), stderr);
      break;
    }
    case kind::deadlocked:
      std::fprintf(stderr, "nevaperf: %s: %s", file.c_str(), how.text.c_str());
      break;
    case kind::failed:
      report(how.failure.within(file));
      break;
    case kind::cancelled:
      std::fprintf(stderr, "nevaperf: %s: interrupted\n", file.c_str());
      return status_interrupted;
    case kind::stopped:
    case kind::exited:
      break;
  }
  return how.status;
}

// The first Ctrl-C ends the run, so that the trace of a program without an end can be written.
runtime::outcome run_until_interrupted(const runtime::program& program, runtime::environment& world,
                                       runtime::run_options how) {
  constexpr std::chrono::milliseconds between_looks{20};
  std::stop_source interrupted;
  const interrupt_guard guard;
  const std::jthread look([&](const std::stop_token& done) {
    std::mutex lock;
    std::unique_lock hold(lock);
    std::condition_variable_any pause;
    while (!pause.wait_for(hold, done, between_looks, interrupt_guard::requested))
      if (done.stop_requested()) return;
    interrupted.request_stop();
  });
  how.stop = interrupted.get_token();
  return program.run(world, how);
}

const char* name_of(runtime::outcome::kind end) {
  using kind = runtime::outcome::kind;
  switch (end) {
    case kind::stopped:
      return "stopped";
    case kind::exited:
      return "exited";
    case kind::panicked:
      return "panicked";
    case kind::deadlocked:
      return "deadlocked";
    case kind::failed:
      return "failed";
    case kind::cancelled:
      return "interrupted";
  }
  return "";
}

int write_trace(trace_file& file, const runtime::trace& seen, const runtime::program& program,
                const run_options& options, int status) {
  if (auto written = file.write(seen, program.names()); !written) {
    report(written.error());
    return status == status_done ? status_error : status;
  }
  if (seen.dropped() > 0)
    std::fprintf(stderr,
                 "warning: %s lacks the first %llu events: there was room for %zu (raise "
                 "--trace-events)\n",
                 options.trace_file.c_str(), static_cast<unsigned long long>(seen.dropped()),
                 options.trace_events);
  return status;
}

void show_stats(const runtime::run_counts& counts, const runtime::program& program,
                const runtime::outcome& end, int status, const run_options& options) {
  const runtime::graph_names names = program.names();
  const run_stats stats{.counts = counts,
                        .names = names,
                        .program = options.file,
                        .end = name_of(end.how),
                        .status = status,
                        .peak_memory_bytes = peak_memory_bytes()};
  const std::string text = options.format == "json" ? stats_json(stats) : stats_text(stats);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

int run_observed(const runtime::program& program, runtime::environment& world,
                 runtime::run_options how, const run_options& options) {
  std::optional<trace_file> file;
  if (!options.trace_file.empty()) {
    auto opened = trace_file::open(options.trace_file);
    if (!opened) return report(opened.error());
    file = std::move(*opened);
  }
  runtime::trace seen(options.trace_events);
  runtime::run_counts counts;
  runtime::observer_pair both(seen, counts);
  how.watcher = &both;
  if (!options.wants_stats) how.watcher = &seen;
  if (!file) how.watcher = &counts;
  const runtime::outcome end = run_until_interrupted(program, world, how);
  int status = finish(end, options.file);
  if (file) status = write_trace(*file, seen, program, options, status);
  if (options.wants_stats) show_stats(counts, program, end, status, options);
  return status;
}

// The format belongs to the list of functions or to the stats, which have different ones.
std::optional<base::error> trouble_of(const run_options& options) {
  if (options.format == "json" && !options.wants_stats)
    return base::error{.what = "--format json is for --stats",
                       .where = {},
                       .next = "add --stats, or use --functions --format markdown"};
  if (options.format == "markdown" && !options.list_functions)
    return base::error{.what = "--format markdown is for --functions",
                       .where = {},
                       .next = "add --functions, or use --stats --format json"};
  return std::nullopt;
}

int run_program(const run_options& options) {
  if (const auto trouble = trouble_of(options)) return report(*trouble);
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
  runtime::run_options how{.workers = options.workers,
                           .channels = {.capacity = options.capacity,
                                        .order = orders.at(options.order),
                                        .message = message_forms.at(options.message),
                                        .slots = slot_handlings.at(options.slots)},
                           .uses_pools = options.pooling == "on"};
  return options.trace_file.empty() && !options.wants_stats
             ? finish(program->run(world, how), options.file)
             : run_observed(*program, world, how, options);
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
  verb->add_option("--workers", options->workers,
                   "Threads that may run nodes; 0, the default: one for each CPU")
      ->check(CLI::Range(0U, most_workers));
  verb->add_option(
          "--capacity", options->capacity,
          "Messages that every channel holds; 0, the default: a send waits until it is received")
      ->check(CLI::Range(std::size_t{0}, most_capacity))
      ->type_name("N");
  verb->add_option("--order", options->order,
                   "Which waiting message a select takes: the oldest (needed-only), by a stamp of "
                   "the whole process (global), slots in turn (relaxed), the lowest slot (none)")
      ->check(CLI::IsMember({"needed-only", "global", "relaxed", "none"}))
      ->type_name("ORDER");
  verb->add_option("--message", options->message,
                   "How messages lie in channels: in 16 bytes (tagged16), as a flat struct of 48 "
                   "(tagged48), in a box on the heap (boxed)")
      ->check(CLI::IsMember({"tagged16", "tagged48", "boxed"}))
      ->type_name("FORM");
  verb->add_option("--slots", options->slots,
                   "Who waits at the slots of selects and array ports: the node itself "
                   "(readiness), a task for each slot and operation (task-per-slot), at most four "
                   "tasks of the node (pool)")
      ->check(CLI::IsMember({"readiness", "task-per-slot", "pool"}))
      ->type_name("WHO");
  verb->add_option("--pooling", options->pooling,
                   "Frames of nodes and channels from chunks that the graph keeps (on) or one by "
                   "one from the allocator (off)")
      ->check(CLI::IsMember({"on", "off"}))
      ->type_name("WHETHER");
  verb->add_option("--trace", options->trace_file,
                   "Record who ran when and which message made it run; written as Chrome trace "
                   "JSON, which Perfetto opens")
      ->type_name("FILE");
  verb->add_option("--trace-events", options->trace_events,
                   "How many events --trace keeps, the newest; the others are counted")
      ->check(CLI::Range(std::size_t{1}, most_trace_events))
      ->type_name("N");
  verb->add_flag("--stats", options->wants_stats,
                 "After the run, on standard error: messages, steps, waits, workers, memory, and "
                 "the busiest nodes and edges");
  verb->add_flag("--functions", options->list_functions, "List the runtime functions and exit");
  verb->add_option("--format", options->format,
                   "Of the list of functions: text or markdown; of --stats: text or json")
      ->check(CLI::IsMember({"text", "markdown", "json"}))
      ->type_name("FORMAT");
  verb->callback([options, &status] { status = run_program(*options); });
}

}  // namespace nevaperf::cli
