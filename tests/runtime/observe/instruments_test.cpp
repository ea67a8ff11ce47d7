// What a profiler is told about graphs that it does not know.
#include "runtime/observe/instruments.hpp"

#include <algorithm>

#include "runtime/nodes/function.hpp"
#include "runtime/port/ports.hpp"
#include "runtime/program/graph.hpp"
#include "runtime/schedule/waits.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

namespace {

constexpr int messages = 40;

class installed_for_test {
 public:
  explicit installed_for_test(const instruments& wanted) { install(wanted); }
  ~installed_for_test() { install({}); }
};

std::string work_of_this_thread() {
  return name_of(work_mark::of(current_work.load(std::memory_order_relaxed)));
}

node_task send_some(output to, std::vector<std::string>& seen) {
  for (int i = 0; i < messages; ++i) {
    seen.push_back(work_of_this_thread());
    co_await to.send(message::integer(i));
  }
  co_await forever{};
}

node_task receive_all(input from, cluster& home, std::vector<std::string>& seen) {
  for (int i = 0; i < messages; ++i) {
    co_await from.receive();
    seen.push_back(work_of_this_thread());
  }
  co_await blocking_call([&seen](const blocking_pool&) { seen.push_back(work_of_this_thread()); });
  home.end({.how = outcome::kind::stopped, .status = 0, .text = {}, .failure = {}});
}

struct seen_work {
  std::vector<std::string> sender;
  std::vector<std::string> receiver;
};

seen_work run_pair(scheduler::placement place, unsigned workers) {
  seen_work seen;
  graph g;
  channel& c = g.add_channel();
  g.add_node("source", {}, {&c}, [&] { return send_some(output(c), seen.sender); });
  g.add_node("sink", {&c}, {}, [&] { return receive_all(input(c), g.home(), seen.receiver); });
  g.use_workers(workers, place);
  CHECK(g.run().how == outcome::kind::stopped);
  return seen;
}

bool all_are(const std::vector<std::string>& names, const std::string& wanted) {
  return std::all_of(names.begin(), names.end(), [&](const auto& name) { return name == wanted; });
}

class counting_observer : public observer {
 public:
  void begins(const graph_size&) override {
    graph = work_mark::of(current_work.load(std::memory_order_relaxed)).graph;
  }
  void step_begins(nevaperf::base::node_id) noexcept override { ++steps; }
  void step_ends(nevaperf::base::node_id) noexcept override {}
  void sends(nevaperf::base::node_id, channel_id) noexcept override { ++sent; }
  void receives(nevaperf::base::node_id, channel_id) noexcept override {}
  void waits(nevaperf::base::node_id, channel_id, wait_reason) noexcept override {}

  std::uint32_t graph = 0;
  int steps = 0;
  int sent = 0;
};

}  // namespace

TEST_CASE("a thread says which node it runs, also in a blocking call") {
  const installed_for_test marks({.marks_work = true, .watcher = nullptr});
  const auto place = GENERATE(scheduler::placement::adaptive, scheduler::placement::spread);
  const seen_work seen = run_pair(place, place == scheduler::placement::spread ? 3 : 1);
  CHECK(seen.sender.size() == messages);
  CHECK(seen.receiver.size() == messages + 1);
  CHECK(all_are(seen.sender, "source"));
  CHECK(all_are(seen.receiver, "sink"));
  CHECK(work_of_this_thread().empty());
}

TEST_CASE("nodes are not marked unless somebody asks") {
  const seen_work seen = run_pair(scheduler::placement::adaptive, 1);
  CHECK(std::count(seen.sender.begin(), seen.sender.end(), "source") == 0);
}

TEST_CASE("graphs that are alike share a number, others do not") {
  std::vector<std::uint32_t> numbers;
  for (const char* const last : {"sink", "sink", "other"}) {
    counting_observer watcher;
    const installed_for_test seen({.marks_work = false, .watcher = &watcher});
    graph g;
    channel& c = g.add_channel();
    std::vector<std::string> unused;
    g.add_node("source", {}, {&c}, [&] { return send_some(output(c), unused); });
    g.add_node(last, {&c}, {}, [&] { return receive_all(input(c), g.home(), unused); });
    CHECK(g.run().how == outcome::kind::stopped);
    CHECK(watcher.sent == messages);
    CHECK(watcher.steps > 0);
    numbers.push_back(watcher.graph);
  }
  CHECK(numbers[0] != 0);
  CHECK(numbers[0] == numbers[1]);
  CHECK(numbers[0] != numbers[2]);
  const described_graph* known = find_graph(numbers[2]);
  REQUIRE(known != nullptr);
  CHECK(known->nodes == std::vector<std::string>{"source", "other"});
  REQUIRE(known->channels.size() == 1);
  CHECK(known->channels[0].from == "source:out[0]");
  CHECK(known->channels[0].to == "other:in[0]");
}

TEST_CASE("work has a name") {
  CHECK(name_of({.graph = 0, .node = work_mark::scheduling}) == "[scheduling]");
  CHECK(name_of({.graph = 0, .node = work_mark::wiring}) == "[wiring]");
  CHECK(name_of({.graph = 0, .node = work_mark::loading}) == "[loading]");
  CHECK(name_of({.graph = 0, .node = 0}).empty());
  CHECK(name_of({.graph = UINT32_MAX, .node = 3}).empty());
  CHECK(work_mark::of(work_mark{.graph = 7, .node = 9}.word()).graph == 7);
  CHECK(work_mark::of(work_mark{.graph = 7, .node = 9}.word()).node == 9);
}
