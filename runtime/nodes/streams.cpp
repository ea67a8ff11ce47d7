// Streams: a stream is the unions Open, Data x, Close on one port; several may follow each other.
#include "runtime/message/message.hpp"
#include "runtime/nodes/families.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

struct stream_tags {
  atom open = atom::intern("Open");
  atom data = atom::intern("Data");
  atom close = atom::intern("Close");
};

node_task int_range(input from, input to, output res, stream_tags tags) {
  for (;;) {
    auto [first, end] = co_await receive_both(from, to);
    const std::int64_t stop = to.integer(end);
    const std::int64_t step = from.integer(first) <= stop ? 1 : -1;
    co_await res.send(message::tagged(tags.open));
    for (std::int64_t i = first.as_integer(); i != stop; i += step)
      co_await res.send(message::tagged(tags.data, message::integer(i)));
    co_await res.send(message::tagged(tags.close));
  }
}

constexpr function table[] = {
    {.ref = "stream_int_range",
     .ins = "from to",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return int_range(b.in("from"), b.in("to"), b.out("res"), stream_tags());
     },
     .summary = "The integers from `from` up or down to `to`, without `to`, as a stream."},
};

}  // namespace

std::span<const function> stream_functions() { return table; }

}  // namespace nevaperf::runtime
