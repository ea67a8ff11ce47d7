// Routing: functions that choose where a message goes or which message goes on.
#include <vector>

#include "runtime/message/message.hpp"
#include "runtime/nodes/families.hpp"

namespace nevaperf::runtime {

namespace {

using started = base::result<node_task>;

// The payload of a union that carries data; anything else as it is.
message unwrapped(message m) {
  return m.is(kind::tagged) && m.has_data() ? m.data() : std::move(m);
}

std::size_t first_match(const message& value, std::span<const message> patterns) {
  std::size_t i = 0;
  while (i < patterns.size() && !matches(value, patterns[i])) ++i;
  return i;
}

void clear(std::span<message> messages) {
  for (message& m : messages) m = message();
}

// The channels of several ports as the one operation that receives from all of them.
std::span<channel* const> joined(const binding& b,
                                 std::initializer_list<std::span<channel* const>> ports) {
  std::size_t count = 0;
  for (const auto& p : ports) count += p.size();
  const std::span<channel*> all = b.memory.array<channel*>(count);
  auto next = all.begin();
  for (const auto& p : ports) next = std::copy(p.begin(), p.end(), next);
  return all;
}

base::error unequal_slots(std::string_view one, std::string_view other) {
  return {.what = "the number of '" + std::string(one) + "' slots differs from the number of '" +
                  std::string(other) + "' slots",
          .where = {},
          .next = "connect as many of one as of the other"};
}

// all: data, case[0] ... case[n-1]
node_task switch_router(std::span<channel* const> all, array_output cases, output otherwise) {
  std::vector<message> got(all.size());
  for (;;) {
    co_await receive_all(all, got);
    const std::size_t hit = first_match(got[0], std::span(got).subspan(1));
    message data = std::move(got[0]);
    clear(got);
    if (hit < cases.size())
      co_await cases[hit].send(unwrapped(std::move(data)));
    else
      co_await otherwise.send(std::move(data));
  }
}

// all: data, else, if[0] ... if[n-1], then[0] ... then[n-1]
node_task match(std::span<channel* const> all, output res) {
  std::vector<message> got(all.size());
  const std::size_t n = (all.size() - 2) / 2;
  for (;;) {
    co_await receive_all(all, got);
    const std::size_t hit = first_match(got[0], std::span(got).subspan(2, n));
    message chosen = std::move(hit < n ? got[2 + n + hit] : got[1]);
    clear(got);
    co_await res.send(unwrapped(std::move(chosen)));
  }
}

// The oldest `if` chooses; every `then` is consumed.
node_task select_then(selector& which, array_input then, output res) {
  std::vector<message> got(then.size());
  for (;;) {
    const selected oldest = co_await select_and_receive_all(which, then.channels(), got);
    message chosen = std::move(got[oldest.slot]);
    clear(got);
    co_await res.send(std::move(chosen));
  }
}

node_task ternary(std::span<channel* const> all, input condition, output res) {
  std::vector<message> got(3);  // if, then, else
  for (;;) {
    co_await receive_all(all, got);
    message chosen = std::move(got[condition.boolean(got[0]) ? 1 : 2]);
    clear(got);
    co_await res.send(std::move(chosen));
  }
}

node_task race(std::span<channel* const> data, selector& cases, array_output to) {
  message value;
  for (;;) {
    const selected first = co_await select_and_receive_all(cases, data, {&value, 1});
    co_await to[first.slot].send(std::exchange(value, message()));
  }
}

node_task cond(input data, input condition, output then, output otherwise) {
  for (;;) {
    auto [value, chooses] = co_await receive_both(data, condition);
    if (condition.boolean(chooses))
      co_await then.send(std::move(value));
    else
      co_await otherwise.send(std::move(value));
  }
}

constexpr function table[] = {
    {.ref = "switch_router",
     .ins = "data case[]",
     .outs = "case[] else",
     .start = [](const binding& b) -> started {
       const array_output cases = b.out_array("case");
       const array_input patterns = b.in_array("case");
       if (cases.size() != patterns.size()) return unequal_slots("in:case", "out:case");
       channel* const data[] = {b.in("data").raw()};
       return switch_router(joined(b, {data, patterns.channels()}), cases, b.out("else"));
     },
     .summary = "Sends `data` to the first slot whose case matches (a union's payload unwrapped), "
                "else to `else`."},
    {.ref = "match",
     .ins = "data if[] then[] else",
     .outs = "res",
     .start = [](const binding& b) -> started {
       const array_input patterns = b.in_array("if");
       const array_input results = b.in_array("then");
       if (patterns.size() != results.size()) return unequal_slots("if", "then");
       channel* const heads[] = {b.in("data").raw(), b.in("else").raw()};
       return match(joined(b, {heads, patterns.channels(), results.channels()}), b.out("res"));
     },
     .summary = "Sends the `then` whose `if` matches `data` first, else `else`; a union's payload "
                "is unwrapped."},
    {.ref = "select",
     .ins = "if[] then[]",
     .outs = "res",
     .start = [](const binding& b) -> started {
       const array_input then = b.in_array("then");
       if (b.in_array("if").size() != then.size()) return unequal_slots("if", "then");
       return select_then(b.select_from("if"), then, b.out("res"));
     },
     .summary = "Takes the oldest message of `if` and all `then`s; sends the `then` of that slot."},
    {.ref = "ternary",
     .ins = "if then else",
     .outs = "res",
     .start = [](const binding& b) -> started {
       channel* const all[] = {b.in("if").raw(), b.in("then").raw(), b.in("else").raw()};
       return ternary(joined(b, {all}), b.in("if"), b.out("res"));
     },
     .summary = "Sends `then` if `if` is true, else `else`; all three are consumed."},
    {.ref = "race",
     .ins = "data case[]",
     .outs = "case[]",
     .start = [](const binding& b) -> started {
       const array_output to = b.out_array("case");
       if (b.in_array("case").size() != to.size()) return unequal_slots("in:case", "out:case");
       channel* const data[] = {b.in("data").raw()};
       return race(joined(b, {data}), b.select_from("case"), to);
     },
     .summary = "Sends `data` to the slot whose case message came first."},
    {.ref = "cond",
     .ins = "data if",
     .outs = "then else",
     .start = [](const binding& b) -> started {
       return cond(b.in("data"), b.in("if"), b.out("then"), b.out("else"));
     },
     .summary = "Sends `data` to `then` if `if` is true, else to `else`."},
};

}  // namespace

std::span<const function> routing_functions() {
  return table;
}

}  // namespace nevaperf::runtime
