// The program's standard streams.
#include <string>

#include "runtime/message/text.hpp"
#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

template <bool Newline>
node_task print(input data, output res, output err, environment& world) {
  std::string text;
  for (;;) {
    message value = co_await data.receive();
    text.clear();
    append_text(text, value);
    if (Newline) text += '\n';
    if (world.out.write(text))
      co_await res.send(std::move(value));
    else
      co_await err.send(error_value(world.out.failure()->line()));
  }
}

template <bool Newline>
started start_print(const binding& b) {
  return print<Newline>(b.in("data"), b.out("res"), b.out("err"), b.world);
}

constexpr function table[] = {
    {.ref = "print",
     .ins = "data",
     .outs = "res err",
     .start = start_print<false>,
     .summary = "Writes the text of `data` to stdout, then sends it on `res`."},
    {.ref = "println",
     .ins = "data",
     .outs = "res err",
     .start = start_print<true>,
     .summary = "Writes the text of `data` and a line break to stdout, then sends it on `res`."},
};

}  // namespace

std::span<const function> console_functions() { return table; }

}  // namespace nevaperf::runtime
