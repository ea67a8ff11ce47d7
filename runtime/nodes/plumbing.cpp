// Plumbing: constants, sinks, locks, fan-in and fan-out, the end of a program by panic.
#include "runtime/message/structure.hpp"
#include "runtime/message/text.hpp"
#include "runtime/nodes/error_value.hpp"
#include "runtime/nodes/families.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

node_task constant(input sig, output res, message value) {
  for (;;) {
    co_await sig.receive();
    co_await res.send(value);
  }
}

node_task drop(input data) {
  for (;;) co_await data.receive();
}

node_task lock(input data, input sig, output res) {
  for (;;) {
    auto [value, signal] = co_await receive_both(data, sig);
    co_await res.send(std::move(value));
  }
}

node_task sync_turn(input data, input done, output res) {
  co_await res.send(co_await data.receive());
  for (;;) {
    auto [value, turn] = co_await receive_both(data, done);
    co_await res.send(std::move(value));
  }
}

node_task errors_new(input data, output res) {
  for (;;) {
    const message text = co_await data.receive();
    co_await res.send(error_value(data.string(text)));
  }
}

node_task fan_in(selector& data, output res) {
  for (;;) {
    selected oldest = co_await data.select();
    co_await res.send(std::move(oldest.value));
  }
}

node_task fan_out(input data, array_output to) {
  for (;;) {
    const message value = co_await data.receive();
    co_await to.send_all(value);
  }
}

node_task panic(input data, cluster& home) {
  const message value = co_await data.receive();
  home.end({.how = outcome::kind::panicked, .status = 1, .text = text_of(value), .failure = {}});
  co_await forever{};
}

node_task wait_group(input count, input sig, output done) {
  for (;;) {
    const message n = co_await count.receive();
    for (std::int64_t left = count.integer(n); left > 0; --left) co_await sig.receive();
    co_await done.send(empty_structure());
  }
}

constexpr function table[] = {
    {.ref = "new",
     .ins = "sig",
     .outs = "res",
     .config = config_rule::required,
     .start = [](const binding& b) -> started {
       return constant(b.in("sig"), b.out("res"), b.config);
     },
     .summary = "Sends its configuration value on `res` for every message on `sig`.",
     .config_form = "any value"},
    {.ref = "del",
     .ins = "data",
     .outs = "",
     .start = [](const binding& b) -> started { return drop(b.in("data")); },
     .summary = "Receives and drops."},
    {.ref = "lock",
     .ins = "data sig",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return lock(b.in("data"), b.in("sig"), b.out("res"));
     },
     .summary = "Lets one message of `data` pass for every message on `sig`."},
    {.ref = "sync_turn",
     .ins = "data done",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return sync_turn(b.in("data"), b.in("done"), b.out("res"));
     },
     .summary = "Lets the first message of `data` pass, each later one with a message on `done`."},
    {.ref = "errors_new",
     .ins = "data",
     .outs = "res",
     .start = [](const binding& b) -> started { return errors_new(b.in("data"), b.out("res")); },
     .summary = "An error value with the text `data`: a struct `{text, child}`, `child` the union "
                "`None`."},
    {.ref = "fan_in",
     .ins = "data[]",
     .outs = "res",
     .start = [](const binding& b) -> started {
       return fan_in(b.select_from("data"), b.out("res"));
     },
     .summary = "Merges all slots of `data`, oldest message first."},
    {.ref = "fan_out",
     .ins = "data",
     .outs = "data[]",
     .start = [](const binding& b) -> started {
       return fan_out(b.in("data"), b.out_array("data"));
     },
     .summary = "Sends every message to all slots, each exactly once."},
    {.ref = "panic",
     .ins = "data",
     .outs = "",
     .start = [](const binding& b) -> started { return panic(b.in("data"), b.home); },
     .summary = "Ends the program with exit status 1 and prints `panic: <message>` to stderr."},
    {.ref = "wait_group",
     .ins = "count sig",
     .outs = "sig",
     .start = [](const binding& b) -> started {
       return wait_group(b.in("count"), b.in("sig"), b.out("sig"));
     },
     .summary = "Receives `count`, then as many messages on `sig`, then sends one signal."},
};

}  // namespace

std::span<const function> plumbing_functions() {
  return table;
}

}  // namespace nevaperf::runtime
