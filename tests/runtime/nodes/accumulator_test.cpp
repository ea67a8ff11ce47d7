#include "runtime/nodes/registry.hpp"
#include "runtime/program/graph.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using namespace nevaperf::runtime;
using nevaperf::tests::run_node;

TEST_CASE("accumulator: init, updates, flush") {
  CHECK(run_node("accumulator", "order: init 0; upd 1; upd 3; flush true") == "cur 0 1 3; res 3");
  CHECK(run_node("accumulator", "order: init 5; flush true") == "cur 5; res 5");
  CHECK(run_node("accumulator", "order: init 5; flush false; upd 6; flush true") ==
        "cur 5 6; res 6");
  CHECK(run_node("accumulator", "order: init 0; upd 1") == "cur 0 1");
  CHECK(run_node("accumulator", "init; upd 1; flush true").empty());
}

TEST_CASE("accumulator: cycles follow each other") {
  CHECK(run_node("accumulator",
                 "order: init 0; upd 1; flush true; init 10; upd 11; upd 12; flush true") ==
        "cur 0 1; res 1; cur 10 11 12; res 12");
}

TEST_CASE("accumulator: an update after the flush counts as long as it is on its way") {
  CHECK(run_node("accumulator", "order: init 0; flush true; upd 1; upd 2") == "cur 0 1 2; res 2");
}

TEST_CASE("accumulator: a second flush belongs to the next cycle") {
  CHECK(run_node("accumulator", "order: init 0; flush true; flush true; init 7") ==
        "cur 0; res 0; cur 7; res 7");
}

TEST_CASE("accumulator: flush is a truth value") {
  CHECK(run_node("accumulator", "order: init 0; flush 1") ==
        "failed at in:flush: expected a bool, got an int 1");
}

namespace {

// Takes the result so far and gives one more back, over a detour of many turns: slower than the
// flush.
node_task slow_reducer(input cur, output upd, selector& never) {
  for (;;) {
    const message value = co_await cur.receive();
    for (int turn = 0; turn < 50; ++turn) co_await never.poll();
    if (value.as_integer() == 3) co_await forever{};
    co_await upd.send(message::integer(value.as_integer() + 1));
  }
}

node_task send_one(output to, message m) {
  co_await to.send(std::move(m));
  co_await forever{};
}

node_task keep(input from, std::int64_t& into) {
  into = (co_await from.receive()).as_integer();
  co_await forever{};
}

}  // namespace

TEST_CASE("accumulator: a flush long before the last update does not cut it off") {
  std::int64_t result = -1;
  graph g;
  channel* c[6];
  for (channel*& made : c) made = &g.add_channel();
  const auto& [init, upd, flush, cur, res, unused] = c;
  bound_port ins[] = {{"init", {&c[0], 1}}, {"upd", {&c[1], 1}}, {"flush", {&c[2], 1}}};
  bound_port outs[] = {{"cur", {&c[3], 1}}, {"res", {&c[4], 1}}};
  environment world = environment::for_tests();
  const binding b{ins, outs, {}, world, g.home(), g.memory()};
  const frame_scope frames(g.memory());
  g.adopt("accumulator", {{init, upd, flush}}, {{cur, res}},
          std::move(*find_function("accumulator")->start(b)));
  g.add_node("init", {}, {init}, [&] { return send_one(output(*init), message::integer(0)); });
  g.add_node("flush", {}, {flush},
             [&] { return send_one(output(*flush), message::boolean(true)); });
  selector& never = g.memory().make<selector>(std::span<channel* const>(&c[5], 1));
  g.add_node("reducer", {cur, unused}, {upd},
             [&] { return slow_reducer(input(*cur), output(*upd), never); });
  g.add_node("sink", {res}, {}, [&] { return keep(input(*res), result); });
  g.run();
  CHECK(result == 3);
}
