// Waiting for time. Durations are nanoseconds; no worker waits.
#include <algorithm>
#include <chrono>

#include "runtime/message/structure.hpp"
#include "runtime/nodes/families.hpp"
#include "runtime/schedule/waits.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

// Longer than any run, and far from the end of the clock.
constexpr std::int64_t longest_ns = std::int64_t{100} * 365 * 24 * 3600 * 1'000'000'000;

sleep_for wait_of(std::int64_t ns) {
  return sleep_for(std::chrono::nanoseconds(std::min(ns, longest_ns)));
}

node_task delay(input dur, input data, output res) {
  for (;;) {
    auto [ns, value] = co_await receive_both(dur, data);
    co_await wait_of(dur.integer(ns));
    co_await res.send(std::move(value));
  }
}

node_task after(input dur, output sig) {
  for (;;) {
    const message ns = co_await dur.receive();
    co_await wait_of(dur.integer(ns));
    co_await sig.send(empty_structure());
  }
}

constexpr function table[] = {
    {.ref = "time_delay",
     .ins = "dur data",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return delay(b.in("dur"), b.in("data"), b.out("res"));
     },
     .summary =
         "Sends `data` after `dur` nanoseconds. One message at a time: the waits of successive "
         "messages add up."},
    {.ref = "time_after",
     .ins = "dur",
     .outs = "sig",
     .start = [](const binding& b) -> started { return after(b.in("dur"), b.out("sig")); },
     .summary = "Sends a signal after `dur` nanoseconds."},
};

}  // namespace

std::span<const function> time_functions() {
  return table;
}

}  // namespace nevaperf::runtime
