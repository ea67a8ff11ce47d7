// What idle nodes cost: a ring of nodes, each with one input and one output, all waiting.
#include "tests/perf/peers/nevaperf/test_graph.hpp"
#include "tests/perf/peers/work.hpp"

namespace nevaperf::peers {

namespace {

node_task pass_on(input from, output to) {
  for (;;) co_await to.send(co_await from.receive());
}

}  // namespace

void report_idle_nodes(std::int64_t count) {
  const std::int64_t before = resident_bytes();
  const stopwatch watch;
  test_graph g;
  const std::vector<channel*> links = g.add_channels(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < links.size(); ++i) {
    channel& from = *links[i];
    channel& to = *links[(i + 1) % links.size()];
    g.add({&from}, {&to}, [&] { return pass_on(input(from), output(to)); });
  }
  g.inside().run_some(UINT64_MAX);  // until all wait
  print_measured("idle_node_wiring", watch.read(), count);
  print_bytes("idle_node_bytes", resident_bytes() - before, count);
}

}  // namespace nevaperf::peers
