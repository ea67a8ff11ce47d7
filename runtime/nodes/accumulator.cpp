// The accumulator behind streams.Reduce: hands the current result out, takes the next one back, and
// gives the last one away when it is flushed.
//
// A flush may overtake the last updates: the Close of a stream and its last values go different
// ways. So after the flush updates are taken until no more come. The original waits for 1 ms
// without one. Here the wait ends as soon as nothing else in the graph can act, and after 1 ms
// without an update only if something can: the same result for a reducer that does not wait for
// time or input. What else differs: a second flush while the updates are awaited counts for the
// next cycle and is not lost.
#include <chrono>

#include "runtime/nodes/families.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;
using clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds patience{1};
constexpr std::size_t update_slot = 0;

// changes: upd, flush
node_task accumulator(input init, selector& changes, input flush, output cur, output res) {
  bool is_flushed = false;
  for (;;) {
    message value = co_await init.receive();
    co_await cur.send(value);
    while (!is_flushed) {
      selected change = co_await changes.select();
      if (change.slot == update_slot) {
        value = std::move(change.value);
        co_await cur.send(value);
      } else {
        is_flushed = flush.boolean(change.value);
      }
    }
    is_flushed = false;
    clock::time_point last_update = clock::now();
    for (;;) {
      selector::turn turn = co_await changes.poll();
      if (!turn.got.value) {
        if (turn.is_quiet || clock::now() - last_update >= patience) break;
      } else if (turn.got.slot == update_slot) {
        value = std::move(turn.got.value);
        co_await cur.send(value);
        last_update = clock::now();
      } else {
        is_flushed |= flush.boolean(turn.got.value);
      }
    }
    co_await res.send(std::move(value));
  }
}

constexpr function table[] = {
    {.ref = "accumulator",
     .ins = "init upd flush",
     .outs = "cur res",
     .start = [](const binding& b) -> started {
       return accumulator(b.in("init"), b.select_from({"upd", "flush"}), b.in("flush"),
                          b.out("cur"), b.out("res"));
     },
     .summary = "Sends `init` on `cur`, then every `upd`. When `flush` is true and no more updates "
                "are on their way, sends the last value on `res` and waits for the next `init`. A "
                "`flush` that is false does nothing."},
};

}  // namespace

std::span<const function> accumulator_functions() {
  return table;
}

}  // namespace nevaperf::runtime
