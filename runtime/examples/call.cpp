// A program called like a function, again and again, on one wired graph.
#include <cstdio>

#include "runtime/message/text.hpp"
#include "runtime/program/call.hpp"

using namespace nevaperf::runtime;

int main() {
  const auto loaded = program::load(R"({
    "funcs": [{"ref": "int_inc", "io": {"in": ["inc/in:data"], "out": ["inc/out:res"]}}],
    "connections": {"in:start": "inc/in:data", "inc/out:res": "out:stop"}
  })");
  if (!loaded) {
    std::printf("%s\n", loaded.error().line().c_str());
    return 2;
  }
  environment world = environment::for_tests();
  caller increment(*loaded, world);
  message m = message::integer(0);
  for (int i = 0; i < 1000; ++i) m = increment.call(std::move(m)).value;
  std::printf("%s after 1000 calls, graphs wired: %llu\n", text_of(m).c_str(),
              static_cast<unsigned long long>(increment.graphs_wired()));
  return 0;
}
