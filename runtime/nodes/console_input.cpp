// The program's standard input and its arguments.
#include <string>

#include "runtime/message/list.hpp"
#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/nodes/scan_word.hpp"
#include "runtime/schedule/waits.hpp"
#include "runtime/system/errno_text.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

struct scanned {
  std::string word;
  std::string error;  // empty: there is a word
};

// The fast way: a whole line is in the buffer, so nothing can block.
bool scan_buffered(text_source& in, scanned& into) {
  text_source::session reading(in, std::try_to_lock);
  if (!reading.is_open() || reading.buffered().find('\n') == std::string_view::npos) return false;
  word_scanner scanner;
  reading.consume(scanner.scan(reading.buffered(), false));
  into = {scanner.word(), std::string(scanner.error())};
  return true;
}

void scan_waiting(text_source& in, int cancel, scanned& into) {
  text_source::session reading(in);
  word_scanner scanner;
  for (;;) {
    reading.consume(scanner.scan(reading.buffered(), reading.is_at_end()));
    if (scanner.is_done()) break;
    if (const int error = reading.fill(cancel); error != 0) {
      into.error = path_error("read", "/dev/stdin", error).what;
      return;
    }
  }
  into = {scanner.word(), std::string(scanner.error())};
}

node_task scanln(input sig, output res, output err, environment& world) {
  for (;;) {
    co_await sig.receive();
    scanned line;
    if (!scan_buffered(world.in, line))
      co_await blocking_call([&](const blocking_pool& pool) {
        world.out.flush();  // the prompt
        scan_waiting(world.in, pool.cancel_descriptor(), line);
      });
    if (line.error.empty())
      co_await res.send(message::string(line.word));
    else
      co_await err.send(error_value(line.error));
  }
}

node_task args(input sig, output res, environment& world) {
  for (;;) {
    co_await sig.receive();
    list_builder all(world.arguments.size());
    for (const std::string& a : world.arguments) all.append(message::string(a));
    co_await res.send(std::move(all).build());
  }
}

constexpr function table[] = {
    {.ref = "scanln",
     .ins = "sig",
     .outs = "res err",
     .start = [](const binding& b) -> started {
       return scanln(b.in("sig"), b.out("res"), b.out("err"), b.world);
     },
     .summary = "Reads one word from a line of stdin, as Go's `fmt.Scanln`.",
     .errors = "`unexpected newline` for an empty line, `expected newline` if another word follows "
               "(it is lost but for what comes after its first character), `EOF`"},
    {.ref = "args",
     .ins = "sig",
     .outs = "res",
     .start = [](const binding& b) -> started { return args(b.in("sig"), b.out("res"), b.world); },
     .summary = "The arguments of the program as a list of strings; the first is its file."},
};

}  // namespace

std::span<const function> console_input_functions() {
  return table;
}

}  // namespace nevaperf::runtime
