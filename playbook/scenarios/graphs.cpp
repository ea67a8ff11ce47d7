// Small graphs as a whole, and what it takes to start one.
#include <benchmark/benchmark.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include "core/base/unique_fd.hpp"
#include "playbook/scenarios/bench_graph.hpp"
#include "playbook/scenarios/families.hpp"
#include "runtime/program/program.hpp"

namespace nevaperf::playbook {

using namespace runtime;

namespace {

// A program that ends as soon as it starts.
constexpr std::string_view no_op = R"({"connections": {"in:start": "out:stop"}})";

node_task send_always(output to, std::int64_t value) {
  for (;;) co_await to.send(message::integer(value));
}

node_task increment_items(input stream, output res) {
  const atom data = atom::intern("Data");
  for (;;) {
    message item = co_await stream.receive();
    if (item.tag() == data) {
      item = message::tagged(data, message::integer(item.data().as_integer() + 1));
    }
    co_await res.send(std::move(item));
  }
}

node_task wait_for_ends(input stream, meter& batches, message& last) {
  const atom close = atom::intern("Close");
  for (;;) {
    for (std::uint64_t left = co_await batches.next_batch(); left != 0; --left) {
      for (message item; (item = co_await stream.receive()).tag() != close;) last = std::move(item);
    }
  }
}

void range_map_wait(benchmark::State& state, std::int64_t items) {
  bench_graph g;
  channel& from = g.channel();
  channel& to = g.channel();
  channel& numbers = g.channel();
  channel& mapped = g.channel();
  g.add_node("from", {}, {&from}, [&] { return send_always(output(from), first_number); });
  g.add_node("to", {}, {&to}, [&] { return send_always(output(to), first_number + items); });
  g.add("stream_int_range", {{"from", {&from}}, {"to", {&to}}}, {{"res", {&numbers}}});
  g.add_node("map", {&numbers}, {&mapped},
             [&] { return increment_items(input(numbers), output(mapped)); });
  g.add_node("wait", {&mapped}, {},
             [&] { return wait_for_ends(input(mapped), g.counting(), g.last()); });
  // Twice the items with the begin and the end of the stream, and the two bounds.
  g.measure(state, 2 * (items + 2) + 2, 1);
  g.expect_last(state,
                message::tagged(atom::intern("Data"), message::integer(first_number + items)));
}

void start_up(benchmark::State& state) {
  for (auto unused : state) {
    static_cast<void>(unused);
    auto loaded = program::load(no_op);
    environment world = environment::silent();
    if (!loaded || loaded->run(world).how != outcome::kind::stopped) {
      return state.SkipWithError("the program did not stop by itself");
    }
  }
}

// The status of this very program running the file; -1 if it cannot be started.
int run_as_process(const std::string& file) {
  std::array<char*, 4> argv{};
  std::string self = "/proc/self/exe";
  std::string verb = "run";
  std::string path = file;
  argv = {self.data(), verb.data(), path.data(), nullptr};
  pid_t child = 0;
  if (::posix_spawn(&child, self.c_str(), nullptr, nullptr, argv.data(), environ) != 0) return -1;
  int status = -1;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return status;
}

void start_process(benchmark::State& state) {
  // A file in memory, which the child inherits open: nothing is left behind anywhere.
  const base::unique_fd file(::memfd_create("no_op.json", 0));
  const auto size = static_cast<ssize_t>(no_op.size());
  if (!file || ::write(file.get(), no_op.data(), no_op.size()) != size) {
    return state.SkipWithError("cannot make a file in memory");
  }
  const std::string path = "/proc/self/fd/" + std::to_string(file.get());
  for (auto unused : state) {
    static_cast<void>(unused);
    if (run_as_process(path) != 0) return state.SkipWithError("'nevaperf run' failed");
  }
}

}  // namespace

std::vector<measure::scenario> graph_scenarios() {
  return {
      {.name = "range_map_wait/100000",
       .tags = {"graph", "stream"},
       .description = "a stream of 100000 integers, each incremented, up to its end",
       .run = [](benchmark::State& state) { range_map_wait(state, 100'000); }},
      {.name = "start_up",
       .tags = {"graph", "start"},
       .description = "a program that does nothing: loaded, wired, run",
       .run = start_up},
      {.name = "start_up/process",
       .tags = {"program", "start"},
       .description = "the same as a process of its own: nevaperf run",
       .run = start_process,
       .in_process = false},
  };
}

}  // namespace nevaperf::playbook
