#include "profiles/alloc/alloc_kind.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/file.hpp"
#include "profiles/alloc/alloc_file.hpp"
#include "profiles/alloc/sites.hpp"
#include "profiles/model/notes.hpp"
#include "profiles/nodes/node_names.hpp"
#include "runtime/observe/instruments.hpp"

namespace nevaperf::profiles {

namespace {

constexpr const char* names_file = "alloc.nodes";
constexpr std::string_view prefix = "alloc";

std::uint64_t current_label() {
  return runtime::current_work.load(std::memory_order_relaxed);
}

class alloc_collector final : public collector {
 public:
  explicit alloc_collector(std::string folder) : folder_(std::move(folder)) {}

  base::result<void> start() override {
    auto now = runtime::installed();
    now.marks_work = true;
    runtime::install(now);
    const auto begin =
        reinterpret_cast<alloc_file::start_call>(::dlsym(RTLD_DEFAULT, alloc_file::start_function));
    if (begin == nullptr || begin(&current_label) == 0)
      return base::error{
          .what = "the allocation profiler is not in this process",
          .where = "worker",
          .next = "is libtcmalloc.so.4 installed, and is there room for 8 MiB in " + folder_ + "?"};
    return {};
  }

  base::result<void> stop() override {
    reinterpret_cast<alloc_file::stop_call>(::dlsym(RTLD_DEFAULT, alloc_file::stop_function))();
    return base::real_files().write_atomic(folder_ + "/" + names_file, write_node_names());
  }

 private:
  std::string folder_;
};

model::warning said(std::string code, std::string text, std::string next) {
  return {.code = std::move(code), .text = std::move(text), .next = std::move(next)};
}

std::int64_t whole(std::uint64_t scaled) {
  // Live numbers may be a little below 0: an allocation was freed by another thread while it was
  // taken down.
  return std::llround(static_cast<double>(static_cast<std::int64_t>(scaled)) / alloc_file::scale);
}

std::string allocator_of(const stack_process& p) {
  const std::string file = p.allocator.substr(p.allocator.find_last_of('/') + 1);
  return file.starts_with("libc.so") ? "glibc" : file.substr(0, file.find(".so"));
}

// How it was gathered, of all processes together.
void describe(const std::vector<stack_process>& all, gathered& into) {
  const stack_process& first = all.front();
  into.notes.push_back(note_text(allocator_note, allocator_of(first)));
  std::uint64_t samples = 0;
  for (const stack_process& p : all) samples += p.events;
  into.notes.push_back(note_text(
      "period",
      (first.period > 1 ? "one sample for " + std::to_string(first.period) + " bytes on average, "
                        : std::string("every allocation, ")) +
          std::to_string(samples) + " samples of " + std::to_string(all.size()) +
          (all.size() > 1 ? " processes" : " process")));
  into.notes.push_back(overhead_note(all));
  for (model::warning& each : stack_doubts(all, "give --alloc-bytes a larger number"))
    into.doubts.push_back(std::move(each));
}

class alloc_profile_kind final : public profile_kind {
 public:
  [[nodiscard]] const char* name() const override { return "alloc"; }

  [[nodiscard]] base::result<launch_needs> needs(const collection_plan& plan) const override {
    const std::string library = plan.libraries + "/" + alloc_library;
    if (!base::real_files().exists(library))
      return base::error{.what = "the library to preload is missing",
                         .where = library,
                         .next = "build all of nevaperf (scripts/nevaperf does)"};
    const std::int64_t usual = plan.is_scenario ? scenario_alloc_bytes : command_alloc_bytes;
    const std::int64_t period = plan.alloc_bytes > 0 ? plan.alloc_bytes : usual;
    launch_needs needed{.preload = {library},
                        .environment = {{alloc_file::folder_variable, plan.folder},
                                        {alloc_file::period_variable, std::to_string(period)}}};
    if (plan.is_scenario) {
      // First, so that it is the allocator; the library then uses its hooks.
      needed.preload.insert(needed.preload.begin(), "libtcmalloc.so.4");
      needed.environment.emplace_back(alloc_file::wait_variable, "1");
    }
    return needed;
  }

  [[nodiscard]] std::unique_ptr<collector> collect(const collection_plan& plan) const override {
    return std::make_unique<alloc_collector>(plan.folder);
  }

  [[nodiscard]] base::result<gathered> read(const collection_plan& plan) const override {
    gathered made;
    std::vector<std::string> damaged;
    const auto processes =
        read_stack_files(plan.folder, prefix, alloc_file::magic, alloc_file::values, damaged);
    if (!processes) return processes.error();
    for (const std::string& each : damaged)
      made.doubts.push_back(said("damaged", each, "profile again"));
    if (processes->empty())
      return base::error{.what = "no allocation profile: the preloaded library did not start in it",
                         .where = {},
                         .next = "a static or setuid program cannot be profiled this way"};
    describe(*processes, made);
    node_names known;
    base::file_system& files = base::real_files();
    if (files.exists(plan.folder + "/" + names_file)) {
      const auto text = files.read(plan.folder + "/" + names_file);
      if (!text) return text.error();
      known = node_names::read(*text);
    }
    made.data = make_alloc_profile(*processes,
                                   [&known](std::uint64_t label) { return known.name_of(label); });
    if (made.data.samples.empty())
      made.doubts.push_back(said("no-samples", "too few allocations for a single sample",
                                 "give it more to do, or --alloc-bytes a smaller number; a program "
                                 "with an allocator of its own inside cannot be seen"));
    return made;
  }

  void after_names(gathered& g) const override {
    mark_coroutine_frames(g.data);
    for (std::string& note : site_notes(g.data, g.notes)) g.notes.push_back(std::move(note));
  }
};

}  // namespace

profile make_alloc_profile(const std::vector<stack_process>& processes, const node_namer& node_of) {
  profile_builder made;
  made.add_type("alloc_objects", "count");
  made.add_type("alloc_space", "bytes");
  made.add_type("inuse_objects", "count");
  made.add_type("inuse_space", "bytes");
  profile& header = made.header();
  header.period_type = made.type("space", "bytes");
  header.default_type = made.text("alloc_space");
  const text_id node = made.text("node");
  const text_id pid = made.text("pid");
  for (const stack_process& p : processes) {
    stack_places places(made, p);
    for (const stack_process::record& r : p.records) {
      std::vector<label> labels;
      if (const std::string name = node_of(r.label); !name.empty())
        labels.push_back({.key = node, .text = made.text(name), .number = 0, .unit = no_text});
      if (processes.size() > 1)
        labels.push_back({.key = pid, .text = no_text, .number = p.pid, .unit = no_text});
      const std::array values{whole(r.values[alloc_file::objects]),
                              whole(r.values[alloc_file::space]),
                              std::max<std::int64_t>(0, whole(r.values[alloc_file::live_objects])),
                              std::max<std::int64_t>(0, whole(r.values[alloc_file::live_space]))};
      if (values[0] != 0) made.add_sample(places.stack_of(r), values, labels);
    }
    header.period = static_cast<std::int64_t>(p.period);
    if (header.time_ns == 0 || p.wall_start_ns < header.time_ns) header.time_ns = p.wall_start_ns;
    header.duration_ns = std::max(header.duration_ns, p.duration_ns);
  }
  return std::move(made).build();
}

const profile_kind& alloc_kind() {
  static const alloc_profile_kind kind;
  return kind;
}

}  // namespace nevaperf::profiles
