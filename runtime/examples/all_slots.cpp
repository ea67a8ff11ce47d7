// send_all and receive_all: one operation on many channels, in whatever order the partners come.
#include <array>
#include <cstdio>

#include "runtime/port/ports.hpp"
#include "runtime/program/graph.hpp"

using namespace nevaperf::runtime;

namespace {

constexpr std::size_t width = 3;
using channels = std::array<channel*, width>;

node_task scatter(const channels& to) {
  const message seven = message::integer(7);
  co_await send_all(to, seven);
}

node_task scale(input in, output out, std::int64_t factor) {
  const message m = co_await in.receive();
  co_await out.send(message::integer(in.integer(m) * factor));
}

node_task gather(const channels& from, cluster& home) {
  std::array<message, width> got;
  co_await receive_all(from, got);
  for (const message& m : got) std::printf("%lld ", static_cast<long long>(m.as_integer()));
  std::printf("\n");
  home.end({});
}

}  // namespace

int main() {
  graph g;
  const channels in{&g.add_channel(), &g.add_channel(), &g.add_channel()};
  const channels out{&g.add_channel(), &g.add_channel(), &g.add_channel()};
  g.add_node("scatter", {}, in, [&] { return scatter(in); });
  for (std::size_t i = 0; i < width; ++i)
    g.add_node("scale", {in[i]}, {out[i]}, [&] {
      return scale(input(*in[i]), output(*out[i]), static_cast<std::int64_t>(i) + 1);
    });
  g.add_node("gather", out, {}, [&] { return gather(out, g.home()); });
  return g.run().status;
}
