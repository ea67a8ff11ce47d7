// A Neva program from its IR, run with its output in memory.
#include <cstdio>

#include "runtime/program/program.hpp"

using namespace nevaperf::runtime;

int main() {
  const auto loaded = program::load(R"({
    "funcs": [
      {"ref": "new", "msg": {"type": "string", "str": "hello from IR"},
       "io": {"in": ["text/in:sig"], "out": ["text/out:res"]}},
      {"ref": "println", "io": {"in": ["print/in:data"], "out": ["print/out:res", "print/out:err"]}},
      {"ref": "panic", "io": {"in": ["panic/in:data"]}}
    ],
    "connections": {
      "in:start": "text/in:sig", "text/out:res": "print/in:data",
      "print/out:res": "out:stop", "print/out:err": "panic/in:data"
    }
  })");
  if (!loaded) {
    std::printf("%s\n", loaded.error().line().c_str());
    return 2;
  }
  environment world = environment::for_tests();
  const outcome how = loaded->run(world);
  std::printf("it wrote: %s", world.out.collected().c_str());
  return how.status;
}
