// What open files cost: the benchmarks of file handles in Neva's own suite, under their names. A
// round opens a file, works on it and closes it; the clock runs only during the step that is
// measured, from the message that is sent to the message that comes back.
#include <benchmark/benchmark.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "playbook/scenarios/bench_graph.hpp"
#include "playbook/scenarios/families.hpp"
#include "runtime/system/temporary_path.hpp"

namespace nevaperf::playbook {

using namespace runtime;

namespace {

constexpr std::string_view content = "payload";

enum class measured_step { open, work, close };

// What a round does: opens with a function, works with another, or with none.
struct round {
  std::string_view opens;
  std::string_view works;
  measured_step measured;
};

class stop_clock {
 public:
  void start() { begin_ = clock::now(); }
  void stop(bool counts) {
    if (counts) total_ += clock::now() - begin_;
  }
  [[nodiscard]] double seconds() const { return std::chrono::duration<double>(total_).count(); }

 private:
  using clock = std::chrono::steady_clock;
  clock::time_point begin_;
  clock::duration total_{};
};

// The channels between the driver and the functions; those of a function that a round does without
// are null.
struct wires {
  channel* name = nullptr;
  channel* opened = nullptr;
  channel* worked_on = nullptr;
  channel* data = nullptr;
  channel* worked = nullptr;
  channel* handle = nullptr;
  channel* closed_handle = nullptr;
  channel* closed = nullptr;
};

node_task drive(wires to, message path, measured_step measured, std::uint64_t rounds,
                stop_clock& watch, message& worked, cluster& home) {
  for (; rounds != 0; --rounds) {
    watch.start();
    co_await output(*to.name).send(path);
    const message handle = co_await input(*to.opened).receive();
    watch.stop(measured == measured_step::open);
    if (to.worked_on != nullptr) {
      watch.start();
      co_await output(*to.worked_on).send(handle);
      if (to.data != nullptr) co_await output(*to.data).send(message::bytes(content));
      worked = co_await input(*to.worked).receive();
      if (to.handle != nullptr) co_await input(*to.handle).receive();
      watch.stop(measured == measured_step::work);
    }
    watch.start();
    co_await output(*to.closed_handle).send(handle);
    co_await input(*to.closed).receive();
    watch.stop(measured == measured_step::close);
  }
  home.end({.how = outcome::kind::stopped, .status = 0, .text = {}, .failure = {}});
}

// A file that is gone afterwards.
class scratch_file {
 public:
  scratch_file()
      : path_(make_temporary_file(std::filesystem::temp_directory_path().string(), "nevaperf-*")) {}
  scratch_file(const scratch_file&) = delete;
  scratch_file& operator=(const scratch_file&) = delete;
  ~scratch_file() {
    std::error_code ignored;  // somebody else removed it
    if (path_) std::filesystem::remove(*path_, ignored);
  }
  [[nodiscard]] const base::result<std::string>& path() const { return path_; }

 private:
  base::result<std::string> path_;
};

// An error output with nobody behind it: an error stops the graph short of its end.
void add_function(bench_graph& g, std::string_view ref, std::vector<bench_graph::port> ins,
                  std::vector<bench_graph::port> outs) {
  outs.push_back({.name = "err", .slots = {&g.channel()}});
  g.add(ref, std::move(ins), std::move(outs));
}

wires wire(bench_graph& g, const round& what) {
  wires to{.name = &g.channel(),
           .opened = &g.channel(),
           .closed_handle = &g.channel(),
           .closed = &g.channel()};
  add_function(g, what.opens, {{"filename", {to.name}}}, {{"res", {to.opened}}});
  add_function(g, "file_close", {{"file", {to.closed_handle}}}, {{"res", {to.closed}}});
  if (what.works.empty()) return to;
  to.worked_on = &g.channel();
  to.worked = &g.channel();
  if (what.works == "file_read_all") {
    to.handle = &g.channel();
    add_function(g, what.works, {{"file", {to.worked_on}}},
                 {{"res", {to.worked}}, {"handle", {to.handle}}});
  } else {
    to.data = &g.channel();
    add_function(g, what.works, {{"file", {to.worked_on}}, {"data", {to.data}}},
                 {{"res", {to.worked}}});
  }
  return to;
}

// The file holds `content`.
bool fill(const std::string& path) {
  bench_graph g;
  const wires to = wire(g, {"file_create", "file_write_all", measured_step::work});
  stop_clock watch;
  message written;
  g.add_node("driver", {}, {}, [&] {
    return drive(to, message::string(path), measured_step::work, 1, watch, written, g.home());
  });
  return g.run_to_end();
}

void measure_round(benchmark::State& state, const round& what) {
  const scratch_file file;
  if (!file.path()) return state.SkipWithError(file.path().error().line().c_str());
  if (!fill(*file.path())) return state.SkipWithError("cannot fill a file");
  const auto rounds = state.max_iterations;
  while (state.KeepRunningBatch(rounds)) {
    bench_graph g;
    const wires to = wire(g, what);
    stop_clock watch;
    message worked;
    g.add_node("driver", {}, {}, [&] {
      return drive(to, message::string(*file.path()), what.measured,
                   static_cast<std::uint64_t>(rounds), watch, worked, g.home());
    });
    if (!g.run_to_end()) return state.SkipWithError("a file could not be used");
    if (what.works == "file_read_all" && !equal(worked, message::bytes(content)))
      return state.SkipWithError("wrong content");
    state.SetIterationTime(watch.seconds());
  }
  if (what.works == "file_write_all" && std::filesystem::file_size(*file.path()) != content.size())
    state.SkipWithError("wrong size");
}

constexpr struct {
  const char* name;
  const char* description;
  round what;
} table[] = {
    {"FileOpenHandle", "file_open", {"file_open", "", measured_step::open}},
    {"FileCreateHandle",
     "file_create of a file that is there",
     {"file_create", "", measured_step::open}},
    {"FileCloseHandle", "file_close", {"file_open", "", measured_step::close}},
    {"FileReadAllHandle",
     "file_read_all of 7 bytes",
     {"file_open", "file_read_all", measured_step::work}},
    {"FileWriteAllHandle",
     "file_write_all of 7 bytes",
     {"file_create", "file_write_all", measured_step::work}},
};

}  // namespace

std::vector<measure::scenario> file_handle_scenarios() {
  std::vector<measure::scenario> all;
  for (const auto& one : table) {
    all.push_back(
        {.name = one.name,
         .tags = {"node", "file"},
         .description = one.description,
         .run = [what = one.what](benchmark::State& state) { measure_round(state, what); },
         .manual_time = true});
  }
  return all;
}

}  // namespace nevaperf::playbook
