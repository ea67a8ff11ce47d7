// A buffer lets the sender run ahead of the receiver; without one it waits for every message to be
// taken.
#include <cstdio>

#include "runtime/port/ports.hpp"
#include "runtime/port/special_channel.hpp"
#include "runtime/program/graph.hpp"

using namespace nevaperf::runtime;

namespace {

node_task fill(output out, int count) {
  for (int i = 0; i < count; ++i) {
    co_await out.send(message::integer(i));
    std::printf("sent %d\n", i);
  }
}

node_task take(input in, int count, cluster& home) {
  for (int i = 0; i < count; ++i) {
    const message m = co_await in.receive();
    std::printf("took %lld\n", static_cast<long long>(in.integer(m)));
  }
  home.end({});
}

}  // namespace

int main() {
  graph g;
  channel& c = g.add_channel();
  add_buffer(c, 2);
  g.add_node("fill", {}, {&c}, [&] { return fill(output(c), 3); });
  g.add_node("take", {&c}, {}, [&] { return take(input(c), 3, g.home()); });
  return g.run().status;
}
