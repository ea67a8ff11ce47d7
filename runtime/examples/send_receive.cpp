// Two nodes and a channel: the smallest graph. Prints the sum of what was sent.
#include <cstdio>

#include "runtime/port/ports.hpp"
#include "runtime/program/graph.hpp"

using namespace nevaperf::runtime;

namespace {

node_task count_to(std::int64_t last, output numbers) {
  for (std::int64_t i = 1; i <= last; ++i) co_await numbers.send(message::integer(i));
  co_await numbers.send(message::boolean(true));  // the end
}

node_task add_up(input numbers, std::int64_t& sum, cluster& home) {
  for (;;) {
    const message m = co_await numbers.receive();
    if (m.is(kind::boolean)) break;
    sum += numbers.integer(m);
  }
  home.end({});
}

}  // namespace

int main() {
  graph g;
  std::int64_t sum = 0;
  channel& numbers = g.add_channel();
  g.add_node("count", {}, {&numbers}, [&] { return count_to(100, output(numbers)); });
  g.add_node("sum", {&numbers}, {}, [&] { return add_up(input(numbers), sum, g.home()); });
  const outcome how = g.run();
  std::printf("sum %lld, status %d\n", static_cast<long long>(sum), how.status);
  return how.status;
}
