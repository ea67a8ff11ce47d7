// The program's standard streams.
#include <algorithm>
#include <string>
#include <vector>

#include "runtime/message/text.hpp"
#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/template_text.hpp"

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
    if (world.out.write(text, data.raw()))
      co_await res.send(std::move(value));
    else
      co_await err.send(error_value(world.out.failure()->line()));
  }
}

template <bool Newline>
started start_print(const binding& b) {
  return print<Newline>(b.in("data"), b.out("res"), b.out("err"), b.world);
}

node_task print_template(std::span<channel* const> all, output sig, output err,
                         environment& world) {
  std::vector<message> got(all.size());  // tpl, args[0], ...
  for (;;) {
    co_await receive_all(all, got);
    const std::string_view form = input(*all[0]).string(got[0]);
    auto text = expand_template(form, std::span(got).subspan(1));
    for (message& m : got) m = message();
    if (!text)
      co_await err.send(error_value(text.error().what));
    else if (!world.out.write(*text, all[0]))
      co_await err.send(error_value(world.out.failure()->line()));
    else
      co_await sig.send(message::string(*text));
  }
}

started start_printf(const binding& b) {
  const std::span<channel* const> args = b.in_array("args").channels();
  const std::span<channel*> all = b.memory.array<channel*>(1 + args.size());
  all[0] = b.in("tpl").raw();
  std::copy(args.begin(), args.end(), all.begin() + 1);
  return print_template(all, b.out("sig"), b.out("err"), b.world);
}

constexpr std::string_view write_failed = "what the system says of a failed write";

constexpr function table[] = {
    {.ref = "print",
     .ins = "data",
     .outs = "res err",
     .start = start_print<false>,
     .summary = "Writes the text of `data` to stdout, then sends it on `res`.",
     .errors = write_failed},
    {.ref = "println",
     .ins = "data",
     .outs = "res err",
     .start = start_print<true>,
     .summary = "Writes the text of `data` and a line break to stdout, then sends it on `res`.",
     .errors = write_failed},
    {.ref = "printf",
     .ins = "tpl args[]",
     .outs = "sig err",
     .start = start_printf,
     .summary = "Writes `tpl` to stdout with `$0`, `$1`, ... replaced by the texts of `args`, then "
                "sends the text on `sig`. There is no escape; a `$` without a number is a `$`.",
     .errors =
         "nothing is written: `template refers to arg <n>, but only <m> args given`, `not all "
         "arguments are used in the template: got <m>, used <n>`, `invalid placeholder ...`; "
         "what the system says of a failed write"},
};

}  // namespace

std::span<const function> console_functions() {
  return table;
}

}  // namespace nevaperf::runtime
