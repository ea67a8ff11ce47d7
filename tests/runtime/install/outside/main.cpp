// A project that knows the installed runtime only: a graph of its own, and a Neva program.
#include <cstdio>

#include "runtime/port/ports.hpp"
#include "runtime/program/program.hpp"

using namespace nevaperf::runtime;

namespace {

node_task count_up(output to) {
  for (std::int64_t i = 1; i <= 100; ++i) co_await to.send(message::integer(i));
  co_await forever{};
}

node_task add_up(input from, std::int64_t& sum, cluster& home) {
  for (int i = 0; i < 100; ++i) sum += from.integer(co_await from.receive());
  home.end({});
  co_await forever{};
}

}  // namespace

int main() {
  std::int64_t sum = 0;
  graph g;
  channel& c = g.add_channel();
  g.add_node("count", {}, {&c}, [&] { return count_up(output(c)); });
  g.add_node("add", {&c}, {}, [&] { return add_up(input(c), sum, g.home()); });
  if (g.run().how != outcome::kind::stopped) return 1;

  const auto loaded = program::load(R"({
    "funcs": [
      {"ref": "new", "msg": {"type": "string", "str": "from IR"},
       "io": {"in": ["text/in:sig"], "out": ["text/out:res"]}},
      {"ref": "strings_to_upper", "io": {"in": ["upper/in:data"], "out": ["upper/out:res"]}},
      {"ref": "println", "io": {"in": ["print/in:data"], "out": ["print/out:res", "print/out:err"]}},
      {"ref": "panic", "io": {"in": ["panic/in:data"]}}
    ],
    "connections": {
      "in:start": "text/in:sig", "text/out:res": "upper/in:data", "upper/out:res": "print/in:data",
      "print/out:res": "out:stop", "print/out:err": "panic/in:data"
    }
  })");
  if (!loaded) {
    std::printf("%s\n", loaded.error().line().c_str());
    return 2;
  }
  environment world = environment::for_tests();
  const outcome how = loaded->run(world);
  std::printf("sum %lld, it wrote: %s", static_cast<long long>(sum), world.out.collected().c_str());
  return how.status;
}
