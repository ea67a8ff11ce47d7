#include "profiles/contention/contention_kind.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/clock.hpp"
#include "core/base/file.hpp"
#include "profiles/contention/node_waits.hpp"
#include "profiles/contention/wait_file.hpp"
#include "profiles/contention/wait_observer.hpp"
#include "profiles/model/notes.hpp"
#include "runtime/observe/instruments.hpp"

namespace nevaperf::profiles {

namespace {

constexpr const char* waits_file = "contention.waits.json";
constexpr std::string_view prefix = "contention";

class contention_collector final : public collector {
 public:
  explicit contention_collector(std::string folder) : folder_(std::move(folder)) {}

  base::result<void> start() override {
    found_.start_ns = base::system_clock().wall_ns();
    start_ns_ = base::system_clock().monotonic_ns();
    install(&watcher_);
    return {};
  }

  base::result<void> stop() override {
    install(nullptr);
    found_.duration_ns = base::system_clock().monotonic_ns() - start_ns_;
    found_.dropped = watcher_.dropped();
    found_.waits = with_names(watcher_.found());
    return base::real_files().write_atomic(folder_ + "/" + waits_file, write_node_waits(found_));
  }

 private:
  static void install(wait_observer* watcher) {
    auto now = runtime::installed();
    now.marks_work = watcher != nullptr;
    now.watcher = watcher;
    runtime::install(now);
  }

  std::string folder_;
  std::int64_t start_ns_ = 0;
  node_waits found_;
  wait_observer watcher_;
};

model::warning said(std::string code, std::string text, std::string next) {
  return {.code = std::move(code), .text = std::move(text), .next = std::move(next)};
}

double unscaled(std::uint64_t value) {
  return static_cast<double>(value) / wait_file::scale;
}

base::result<gathered> read_nodes(const std::string& path) {
  const auto text = base::real_files().read(path);
  if (!text)
    return base::error{.what = "no contention profile: the work did not come to its end",
                       .where = {},
                       .next = "give it less to do, or --time a smaller number"};
  const auto waits = read_node_waits(*text);
  if (!waits) return waits.error();
  gathered made;
  made.data = make_node_wait_profile(*waits);
  made.notes = wait_notes(*waits);
  if (waits->waits.empty())
    made.doubts.push_back(said("no-samples", "no node of a graph waited while it was watched",
                               "is it a scenario that wires a graph of the runtime?"));
  if (waits->dropped > 0)
    made.doubts.push_back(said(
        "no-room", std::to_string(waits->dropped) + " waits did not fit: too many different ones",
        "profile a smaller graph"));
  return made;
}

// "lock: 120 waits, 1.20 s, longest 14 ms, p99 under 8.39 ms", for each reason that there was.
std::vector<std::string> reason_notes(const std::vector<stack_process>& processes) {
  std::vector<std::string> made;
  for (std::uint32_t why = 0; why < wait_file::reasons; ++why) {
    double count = 0;
    double delay = 0;
    std::uint64_t longest = 0;
    std::vector<double> slots(wait_file::histogram_slots, 0);
    for (const stack_process& p : processes) {
      for (const stack_process::record& r : p.records) {
        if (r.kind != why) continue;
        count += unscaled(r.values[wait_file::count]);
        delay += unscaled(r.values[wait_file::delay]);
        longest = std::max(longest, r.values[wait_file::longest]);
        for (std::uint32_t i = 0; i < wait_file::histogram_slots; ++i)
          slots[i] += unscaled(r.values[wait_file::histogram + i]);
      }
    }
    if (count == 0) continue;
    std::string text = std::to_string(std::llround(count)) + " waits, " +
                       wait_text(round_saturated(delay)) + ", longest " +
                       wait_text(static_cast<std::int64_t>(longest)) + ", p99 under " +
                       wait_text(histogram_quantile(slots, 0.99));
    made.push_back(note_text(wait_file::reason_names[why], text));
  }
  return made;
}

class contention_profile_kind final : public profile_kind {
 public:
  [[nodiscard]] const char* name() const override { return "contention"; }

  [[nodiscard]] base::result<launch_needs> needs(const collection_plan& plan) const override {
    if (plan.is_scenario) return launch_needs{};
    const std::string library = plan.libraries + "/" + contention_library;
    if (!base::real_files().exists(library))
      return base::error{.what = "the library to preload is missing",
                         .where = library,
                         .next = "build all of nevaperf (scripts/nevaperf does)"};
    return launch_needs{
        .preload = {library},
        .environment = {{wait_file::folder_variable, plan.folder},
                        {wait_file::threshold_variable, std::to_string(command_wait_ns)}}};
  }

  [[nodiscard]] std::unique_ptr<collector> collect(const collection_plan& plan) const override {
    return std::make_unique<contention_collector>(plan.folder);
  }

  [[nodiscard]] base::result<gathered> read(const collection_plan& plan) const override {
    if (plan.is_scenario) return read_nodes(plan.folder + "/" + waits_file);
    std::vector<std::string> damaged;
    const auto processes =
        read_stack_files(plan.folder, prefix, wait_file::magic, wait_file::values, damaged);
    if (!processes) return processes.error();
    if (processes->empty() && damaged.empty())
      return base::error{.what = "no contention profile: the preloaded library did not start in it",
                         .where = {},
                         .next = "a static or setuid program cannot be profiled this way"};
    gathered made;
    for (const std::string& each : damaged)
      made.doubts.push_back(said("damaged", each, "profile again"));
    for (model::warning& each : stack_doubts(*processes, "profile for a shorter time"))
      made.doubts.push_back(std::move(each));
    made.notes = reason_notes(*processes);
    made.data = make_thread_wait_profile(*processes);
    if (made.data.samples.empty())
      made.doubts.push_back(said("no-samples", "no thread waited for another",
                                 "nothing: there is no contention on pthread locks, conditions, "
                                 "semaphores and joins"));
    return made;
  }
};

}  // namespace

profile make_thread_wait_profile(const std::vector<stack_process>& processes) {
  profile_builder made;
  for (const char* type : {"contentions", "delay", "caused", "caused_delay"})
    made.add_type(type, std::string_view(type).ends_with("delay") ? "nanoseconds" : "count");
  profile& header = made.header();
  header.period_type = made.type("contentions", "count");
  header.period = 1;
  header.default_type = made.text("delay");
  const text_id reason = made.text("reason");
  const text_id pid = made.text("pid");
  for (const stack_process& p : processes) {
    stack_places places(made, p);
    for (const stack_process::record& r : p.records) {
      if (r.kind >= wait_file::reasons) continue;
      const auto value = [&r](wait_file::value which) {
        return round_saturated(unscaled(r.values[which]));
      };
      const std::array values{value(wait_file::count), value(wait_file::delay),
                              value(wait_file::caused_count), value(wait_file::caused_delay)};
      if (std::ranges::all_of(values, [](std::int64_t v) { return v == 0; })) continue;
      std::vector<label> labels{{.key = reason,
                                 .text = made.text(wait_file::reason_names[r.kind]),
                                 .number = 0,
                                 .unit = no_text}};
      if (processes.size() > 1)
        labels.push_back({.key = pid, .text = no_text, .number = p.pid, .unit = no_text});
      made.add_sample(places.stack_of(r), values, labels);
    }
    if (header.time_ns == 0 || p.wall_start_ns < header.time_ns) header.time_ns = p.wall_start_ns;
    header.duration_ns = std::max(header.duration_ns, p.duration_ns);
  }
  return std::move(made).build();
}

const profile_kind& contention_kind() {
  static const contention_profile_kind kind;
  return kind;
}

}  // namespace nevaperf::profiles
