#include "profiles/cpu/cpu_kind.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/base/file.hpp"
#include "profiles/cpu/raw_file.hpp"
#include "profiles/cpu/raw_reader.hpp"
#include "profiles/nodes/node_names.hpp"
#include "runtime/observe/instruments.hpp"

namespace nevaperf::profiles {

namespace {

constexpr const char* names_file = "cpu.nodes";
// Samples may fall short of what the timers should have given by so much.
constexpr double least_coverage = 0.9;
constexpr double few_samples = 100;

std::uint64_t current_label() {
  return runtime::current_work.load(std::memory_order_relaxed);
}

class cpu_collector final : public collector {
 public:
  explicit cpu_collector(const collection_plan& plan) : folder_(plan.folder) {}

  base::result<void> start() override {
    const auto begin =
        reinterpret_cast<raw::start_call>(::dlsym(RTLD_DEFAULT, raw::start_function));
    auto now = runtime::installed();
    now.marks_work = true;
    runtime::install(now);
    if (begin == nullptr || begin(&current_label) == 0)
      return base::error{.what = "the CPU profiler is not in this process",
                         .where = "worker",
                         .next = "is there room for 16 MiB in " + folder_ + "?"};
    return {};
  }

  base::result<void> stop() override {
    reinterpret_cast<raw::stop_call>(::dlsym(RTLD_DEFAULT, raw::stop_function))();
    return base::real_files().write_atomic(folder_ + "/" + names_file, write_node_names());
  }

 private:
  std::string folder_;
};

std::string percent(double share) {
  return std::to_string(std::lround(share * 100)) + "%";
}

model::warning said(std::string code, std::string text, std::string next) {
  return {.code = std::move(code), .text = std::move(text), .next = std::move(next)};
}

void describe(const cpu_process& p, const collection_plan& plan, gathered& into) {
  const double cpu_s = static_cast<double>(p.cpu_ns) * 1e-9;
  const auto samples = static_cast<double>(p.samples);
  const auto ticks = static_cast<double>(p.ticks);
  const double obtained_hz = cpu_s > 0 ? samples / cpu_s : 0;
  const std::string who = p.program + " (pid " + std::to_string(p.pid) + ")";
  into.notes.push_back("rate: " + std::to_string(plan.rate_hz) + " Hz asked, " +
                       std::to_string(std::lround(obtained_hz)) +
                       " samples a second of CPU time obtained: " + who);
  into.notes.push_back("threads: " + std::to_string(p.threads) + ": " + who);
  if (p.cpu_ns > 0)
    into.notes.push_back(
        "overhead: " +
        std::to_string(static_cast<double>(p.handler_ns) * 100 / static_cast<double>(p.cpu_ns)) +
        "% of the CPU time was spent taking samples: " + who);
  const double wanted = std::min<double>(p.rate_hz, most_cpu_rate_hz) * cpu_s;
  if (wanted >= few_samples && ticks < least_coverage * wanted)
    into.doubts.push_back(said("few-ticks",
                               who + " gave " + percent(ticks / wanted) +
                                   " of the ticks that its CPU time should have given",
                               "it may block SIGPROF, or start threads without libpthread"));
  if (!p.is_ended)
    into.doubts.push_back(said("cut-short", who + " did not end in order: its last sample counts",
                               "nothing: what it did until then is here"));
  if (p.lost > 0)
    into.doubts.push_back(said("no-room",
                               std::to_string(p.lost) + " samples of " + who +
                                   " did not fit: it has too many different stacks",
                               "profile for a shorter time"));
}

class cpu_profile_kind final : public profile_kind {
 public:
  [[nodiscard]] const char* name() const override { return "cpu"; }

  [[nodiscard]] base::result<launch_needs> needs(const collection_plan& plan) const override {
    const std::string library = plan.libraries + "/" + cpu_library;
    if (!base::real_files().exists(library))
      return base::error{.what = "the library to preload is missing",
                         .where = library,
                         .next = "build all of nevaperf (scripts/nevaperf does)"};
    const auto rate = std::clamp<std::int64_t>(plan.rate_hz, 1, most_cpu_rate_hz);
    launch_needs needed{.preload = {library},
                        .environment = {{raw::folder_variable, plan.folder},
                                        {"CPUPROFILE_PER_THREAD_TIMERS", "1"},
                                        {"CPUPROFILE_FREQUENCY", std::to_string(rate)},
                                        // The other unwinders hang where dlopen is called.
                                        {"TCMALLOC_STACKTRACE_METHOD", "libgcc"}}};
    if (plan.is_scenario) needed.environment.emplace_back(raw::wait_variable, "1");
    return needed;
  }

  [[nodiscard]] std::unique_ptr<collector> collect(const collection_plan& plan) const override {
    return std::make_unique<cpu_collector>(plan);
  }

  [[nodiscard]] base::result<gathered> read(const collection_plan& plan) const override {
    base::file_system& files = base::real_files();
    const auto names = files.list(plan.folder);
    if (!names) return names.error();
    std::vector<cpu_process> processes;
    gathered made;
    for (const std::string& name : *names) {
      if (!name.starts_with("cpu.") || !name.ends_with(".raw")) continue;
      const auto bytes = files.read(plan.folder + "/" + name);
      if (!bytes) return bytes.error();
      auto process = read_raw_cpu(*bytes);
      if (!process) {
        made.doubts.push_back(
            said("damaged", process.error().within(name).line(), "profile again"));
        continue;
      }
      if (process->samples != 0) describe(*process, plan, made);
      processes.push_back(*std::move(process));
    }
    if (processes.empty())
      return base::error{.what = "no CPU profile: the preloaded library did not start in it",
                         .where = {},
                         .next = "a static or setuid program cannot be profiled this way"};
    node_names known;
    if (files.exists(plan.folder + "/" + names_file)) {
      const auto text = files.read(plan.folder + "/" + names_file);
      if (!text) return text.error();
      known = node_names::read(*text);
    }
    made.data =
        make_cpu_profile(processes, [&known](std::uint64_t label) { return known.name_of(label); });
    if (made.data.samples.empty())
      made.doubts.push_back(said("no-samples", "too little CPU time for a single sample",
                                 "give it more to do, or --time"));
    return made;
  }
};

}  // namespace

const profile_kind& cpu_kind() {
  static const cpu_profile_kind kind;
  return kind;
}

}  // namespace nevaperf::profiles
