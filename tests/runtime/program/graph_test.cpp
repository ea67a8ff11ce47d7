// Graphs: names, ends, the ways in which a run ends, and what is left of one that was not run to
// its end.
#include "runtime/program/graph.hpp"

#include <stdexcept>

#include "runtime/nodes/numeric.hpp"
#include "runtime/port/ports.hpp"
#include "tests/runtime/port/nodes.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;

namespace {

struct counted {
  explicit counted(int& live) : live_(live) { ++live_; }
  counted(const counted&) = delete;
  counted& operator=(const counted&) = delete;
  ~counted() { --live_; }

 private:
  int& live_;
};

node_task hold(input from, int& live) {
  const counted here(live);
  for (;;) co_await from.receive();
}

node_task count_for_ever(input from, output to, std::int64_t& rounds) {
  for (;;) {
    co_await to.send(message::integer(++rounds));
    co_await from.receive();
  }
}

node_task end_with(input from, cluster& home, outcome how) {
  co_await from.receive();
  home.end(std::move(how));
  co_await forever{};
}

template <class Thrown>
node_task throw_after(input from, Thrown what) {
  co_await from.receive();
  throw what;
}

// One message to `strict`, which throws: how the run ends.
template <class Thrown>
outcome failing(Thrown what) {
  graph g;
  channel& c = g.add_channel();
  g.add_node("source", {}, {&c}, [&] { return send_integers(output(c), 0, 1); });
  g.add_node("a/strict", {&c}, {}, [&] { return throw_after(input(c), std::move(what)); });
  return g.run();
}

outcome ended(outcome::kind how, int status) {
  return {.how = how, .status = status, .text = "text", .failure = {}};
}

}  // namespace

TEST_CASE("nodes keep their names, their ports and their order") {
  graph g;
  channel& a = g.add_channel();
  channel& b = g.add_channel();
  CHECK(g.channel_count() == 2);
  CHECK(b.number == 1);
  std::uint32_t second = 0;
  {
    std::string name = "the first";  // gone before it is asked for
    g.add_node(name, {&a}, {&b}, [&] { return pass_on(input(a), output(b)); });
    name = "the other";
    second = g.add_node(name, {&b}, {}, [&] { return receive_once(input(b)); });
    name.assign(100, 'x');
  }
  REQUIRE(g.nodes().size() == 2);
  CHECK(g.nodes()[0].name == "the first");
  CHECK(g.nodes()[second].name == "the other");
  CHECK(g.nodes()[0].ins.size() == 1);
  CHECK(g.nodes()[0].outs[0] == &b);
  CHECK(g.ends_of(a).sender == graph::outside);
  CHECK(g.ends_of(a).receiver == 0);
  CHECK(g.ends_of(b).sender == 0);
  CHECK(g.ends_of(b).receiver == second);
}

TEST_CASE("ports are named by node and number, or as the caller likes") {
  graph g;
  const std::vector<channel*> c = add_channels(g, 3);
  g.add_node("n", {c[0]}, {c[1], c[2]}, [&] { return receive_once(input(*c[0])); });
  CHECK(g.port_name(*c[0], false) == "n:in[0]");
  CHECK(g.port_name(*c[2], true) == "n:out[1]");
  CHECK(g.port_name(*c[0], true) == "outside");
  g.name_ports([](const channel& at, bool sending) {
    return std::to_string(at.number) + (sending ? " sends" : " receives");
  });
  CHECK(g.port_name(*c[2], true) == "2 sends");
  CHECK(g.port_name(*c[0], false) == "0 receives");
}

TEST_CASE("an empty graph has nothing to do") {
  graph g;
  CHECK_FALSE(g.run_some(10));
  CHECK(g.run().how == outcome::kind::deadlocked);
}

TEST_CASE("a run ends as a node says") {
  for (const outcome& how :
       {ended(outcome::kind::stopped, 0), ended(outcome::kind::panicked, 1),
        ended(outcome::kind::exited, 77), ended(outcome::kind::cancelled, 2)}) {
    graph g;
    channel& c = g.add_channel();
    g.add_node("source", {}, {&c}, [&] { return send_integers(output(c), 0, 10); });
    g.add_node("end", {&c}, {}, [&] { return end_with(input(c), g.home(), how); });
    const outcome got = g.run();
    CHECK(got.how == how.how);
    CHECK(got.status == how.status);
    CHECK(got.text == "text");
    CHECK(g.run().how == how.how);  // there is nothing to run any more
  }
}

TEST_CASE("the first end counts") {
  graph g;
  const std::vector<channel*> c = add_channels(g, 2);
  g.add_node("source", {}, {c[0]}, [&] { return send_integers(output(*c[0]), 0, 1); });
  g.add_node("source", {}, {c[1]}, [&] { return send_integers(output(*c[1]), 0, 1); });
  g.add_node("first", {c[0]}, {}, [&] {
    return [](input from, cluster& home) -> node_task {
      co_await from.receive();
      home.end(ended(outcome::kind::exited, 7));
      home.end(ended(outcome::kind::panicked, 1));
      throw std::runtime_error("too late");
    }(input(*c[0]), g.home());
  });
  g.add_node("second", {c[1]}, {},
             [&] { return end_with(input(*c[1]), g.home(), ended(outcome::kind::panicked, 1)); });
  const outcome how = g.run();
  CHECK(how.how == outcome::kind::exited);
  CHECK(how.status == 7);
}

TEST_CASE("what is thrown in a node ends the run with the node's name") {
  const outcome standard = failing(std::runtime_error("it went wrong"));
  CHECK(standard.how == outcome::kind::failed);
  CHECK(standard.status == 2);
  CHECK(standard.failure.line() == "a/strict: it went wrong");
  CHECK(failing(std::bad_alloc()).failure.line() == "a/strict: out of memory");
  CHECK(failing(impossible_operation{"no root of -1"}).failure.line() == "a/strict: no root of -1");
  CHECK(failing(unexpected_value{nullptr, "an int", "a bool true"}).failure.line() ==
        "a/strict: expected an int, got a bool true");
  const outcome unknown = failing(5);  // no exception type of ours or the library's
  CHECK(unknown.how == outcome::kind::failed);
  CHECK(unknown.status == 2);
  CHECK(unknown.failure.where == "a/strict");
}

TEST_CASE("a graph that goes on for ever is run in steps") {
  std::int64_t rounds = 0;
  graph g;
  channel& there = g.add_channel();
  channel& back = g.add_channel();
  g.add_node("count", {&back}, {&there},
             [&] { return count_for_ever(input(back), output(there), rounds); });
  g.add_node("echo", {&there}, {&back}, [&] { return pass_on(input(there), output(back)); });
  CHECK(g.run_some(0));
  CHECK(rounds == 0);
  CHECK(g.run_some(1));
  CHECK(rounds == 1);
  for (int i = 0; i < 100; ++i) CHECK(g.run_some(50));
  CHECK(rounds > 1000);
  const std::int64_t before = rounds;
  CHECK(g.run_some(20));
  CHECK(rounds > before);
  CHECK(rounds < before + 20);
}

TEST_CASE("nodes are destroyed with the graph, started or not") {
  int live = 0;
  for (const std::uint64_t steps : {0U, 1U, 2U, 10U}) {
    {
      graph g;
      const std::vector<channel*> c = add_channels(g, 2);
      g.add_node("hold", {c[0]}, {}, [&] { return hold(input(*c[0]), live); });
      g.add_node("hold", {c[1]}, {}, [&] { return hold(input(*c[1]), live); });
      g.add_node("source", {}, {c[0]}, [&] { return send_integers(output(*c[0]), 0, 5); });
      g.run_some(steps);
      CHECK(live == static_cast<int>(std::min<std::uint64_t>(steps, 2)));
    }
    CHECK(live == 0);
  }
}

TEST_CASE("a node that ends by itself leaves the others running") {
  std::vector<message> got;
  graph g;
  const std::vector<channel*> c = add_channels(g, 2);
  g.add_node("short", {c[0]}, {}, [&] {
    return [](input from) -> node_task { co_await from.receive(); }(input(*c[0]));
  });
  g.add_node("source", {}, {c[0]}, [&] { return send_integers(output(*c[0]), 0, 2); });
  g.add_node("collect", {c[1]}, {}, [&] { return collect(input(*c[1]), got); });
  g.add_node("source", {}, {c[1]}, [&] { return send_integers(output(*c[1]), 0, 5); });
  CHECK(g.run().how == outcome::kind::deadlocked);
  CHECK(got.size() == 5);
}

TEST_CASE("a hundred thousand nodes in a ring pass a message round") {
  constexpr std::size_t count = 100'000;
  std::int64_t rounds = 0;
  graph g;
  const std::vector<channel*> c = add_channels(g, count);
  g.add_node("count", {c[count - 1]}, {c[0]},
             [&] { return count_for_ever(input(*c[count - 1]), output(*c[0]), rounds); });
  for (std::size_t i = 1; i < count; ++i)
    g.add_node("relay", {c[i - 1]}, {c[i]},
               [&] { return pass_on(input(*c[i - 1]), output(*c[i])); });
  while (rounds < 3) REQUIRE(g.run_some(count));
}
