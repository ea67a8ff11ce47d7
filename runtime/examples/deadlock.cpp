// Two nodes that wait for each other: the run ends with a report instead of hanging.
#include <cstdio>

#include "runtime/port/ports.hpp"
#include "runtime/program/graph.hpp"

using namespace nevaperf::runtime;

namespace {

node_task after_you(input in, output out) {
  const message m = co_await in.receive();
  co_await out.send(m);
}

}  // namespace

int main() {
  graph g;
  channel& ab = g.add_channel();
  channel& ba = g.add_channel();
  g.add_node("alice", {&ba}, {&ab}, [&] { return after_you(input(ba), output(ab)); });
  g.add_node("bob", {&ab}, {&ba}, [&] { return after_you(input(ab), output(ba)); });
  const outcome how = g.run();
  std::printf("%s", how.text.c_str());
  return how.how == outcome::kind::deadlocked ? 0 : 1;
}
