// The report of a graph in which nothing can run any more.
#include "runtime/program/deadlock.hpp"

#include <algorithm>

#include "runtime/port/ports.hpp"
#include "tests/runtime/port/nodes.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;

namespace {

constexpr std::string_view headline =
    "deadlock: nothing can run any more and the program has not stopped\n";

node_task receive_two(input left, input right) {
  co_await receive_both(left, right);
}

node_task select_one(selector& which) {
  co_await which.select();
}

node_task send_both(std::span<channel* const> to) {
  const message m = message::integer(1);
  co_await send_all(to, m);
}

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// Without its first line, which is always the same.
std::string report_of(graph& g) {
  const outcome how = g.run();
  CHECK(how.how == outcome::kind::deadlocked);
  CHECK(how.status == 2);
  REQUIRE(how.text.starts_with(headline));
  return how.text.substr(headline.size());
}

}  // namespace

TEST_CASE("two nodes that wait for each other are a cycle") {
  graph g;
  channel& there = g.add_channel();
  channel& back = g.add_channel();
  g.add_node("a", {&back}, {&there}, [&] { return pass_on(input(back), output(there)); });
  g.add_node("b", {&there}, {&back}, [&] { return pass_on(input(there), output(back)); });
  CHECK(report_of(g) ==
        "  a:in[0] waits to receive from b:out[0]\n"
        "  b:in[0] waits to receive from a:out[0]\n"
        "cycle: a -(receives from)-> b -(receives from)-> a\n");
}

TEST_CASE("two nodes that send to each other are a cycle") {
  graph g;
  channel& there = g.add_channel();
  channel& back = g.add_channel();
  g.add_node("a", {&back}, {&there}, [&] { return send_integers(output(there), 0, 1); });
  g.add_node("b", {&there}, {&back}, [&] { return send_integers(output(back), 0, 1); });
  CHECK(report_of(g) ==
        "  a:out[0] waits to send to b:in[0]\n"
        "  b:out[0] waits to send to a:in[0]\n"
        "cycle: a -(sends to)-> b -(sends to)-> a\n");
}

TEST_CASE("a node that waits for itself is a cycle of one") {
  graph g;
  channel& c = g.add_channel();
  g.add_node("loop", {&c}, {&c}, [&] { return pass_on(input(c), output(c)); });
  CHECK(report_of(g) ==
        "  loop:in[0] waits to receive from loop:out[0]\n"
        "cycle: loop -(receives from)-> loop\n");
}

TEST_CASE("a chain without a cycle has none") {
  graph g;
  const std::vector<channel*> c = add_channels(g, 2);
  g.add_node("done", {}, {c[0]}, [&] { return []() -> node_task { co_return; }(); });
  g.add_node("relay", {c[0]}, {c[1]}, [&] { return pass_on(input(*c[0]), output(*c[1])); });
  g.add_node("last", {c[1]}, {}, [&] { return receive_once(input(*c[1])); });
  CHECK(report_of(g) ==
        "  relay:in[0] waits to receive from done:out[0]\n"
        "  last:in[0] waits to receive from relay:out[0]\n");
}

TEST_CASE("a port that is not connected waits for nobody") {
  graph g;
  const std::vector<channel*> c = add_channels(g, 2);
  g.add_node("deaf", {c[0]}, {}, [&] { return receive_once(input(*c[0])); });
  g.add_node("mute", {}, {c[1]}, [&] { return send_integers(output(*c[1]), 0, 1); });
  CHECK(report_of(g) ==
        "  deaf:in[0] waits to receive from nobody\n"
        "  mute:out[0] waits to send to nobody\n");
}

TEST_CASE("only the missing parts of an operation on several channels are named") {
  graph g;
  const std::vector<channel*> c = add_channels(g, 4);
  g.add_node("pair", {c[0], c[1]}, {}, [&] { return receive_two(input(*c[0]), input(*c[1])); });
  g.add_node("left", {}, {c[0]}, [&] { return send_integers(output(*c[0]), 0, 1); });
  const std::vector<channel*> outs{c[2], c[3]};
  g.add_node("both", {}, outs, [&] { return send_both(outs); });
  g.add_node("taker", {c[2]}, {}, [&] { return receive_once(input(*c[2])); });
  const std::string report = report_of(g);
  CHECK(report ==
        "  pair:in[1] waits to receive from nobody\n"
        "  both:out[1] waits to send to nobody\n");
}

TEST_CASE("a select waits for all its slots; a sender at a busy select waits for it") {
  graph g;
  const std::vector<channel*> c = add_channels(g, 3);
  const std::vector<channel*> slots{c[0], c[1]};
  selector& waits = add_selector(g, slots);
  g.add_node("select", slots, {}, [&] { return select_one(waits); });
  g.add_node("left", {c[2]}, {c[0]}, [&] { return pass_on(input(*c[2]), output(*c[0])); });
  g.add_node("right", {}, {c[1]}, [&] { return []() -> node_task { co_return; }(); });
  CHECK(report_of(g) ==
        "  select:in[0] waits to receive from left:out[0]\n"
        "  select:in[1] waits to receive from right:out[0]\n"
        "  left:in[0] waits to receive from nobody\n");

  graph busy;
  const std::vector<channel*> d = add_channels(busy, 2);
  const std::vector<channel*> one{d[0]};
  selector& never = add_selector(busy, one);
  busy.add_node("busy", {d[0], d[1]}, {}, [&] {
    return [](input gate, selector& which) -> node_task {
      co_await gate.receive();
      co_await which.select();
    }(input(*d[1]), never);
  });
  busy.add_node("sender", {}, {d[0]}, [&] { return send_integers(output(*d[0]), 0, 1); });
  CHECK(report_of(busy) ==
        "  busy:in[1] waits to receive from nobody\n"
        "  sender:out[0] waits to send to busy:in[0]\n");
}

TEST_CASE("the cycle is found behind nodes that only lead to it") {
  graph g;
  const std::vector<channel*> c = add_channels(g, 4);
  // tail <- b, and the cycle a -> b -> c -> a; tail comes first and is no part of it.
  g.add_node("tail", {c[3]}, {}, [&] { return receive_once(input(*c[3])); });
  g.add_node("a", {c[2]}, {c[0]}, [&] { return pass_on(input(*c[2]), output(*c[0])); });
  g.add_node("b", {c[0]}, {c[1], c[3]}, [&] { return pass_on(input(*c[0]), output(*c[1])); });
  g.add_node("c", {c[1]}, {c[2]}, [&] { return pass_on(input(*c[1]), output(*c[2])); });
  const std::string report = report_of(g);
  CHECK(report.find("cycle: b -(receives from)-> a -(receives from)-> c -(receives from)-> b\n") !=
        std::string::npos);
  CHECK(report.find("-> tail") == std::string::npos);
}

TEST_CASE("a long report is cut, with a count") {
  for (const std::size_t count : {49U, 50U, 51U, 1000U}) {
    graph g;
    const std::vector<channel*> c = add_channels(g, count);
    for (channel* one : c) g.add_node("idle", {one}, {}, [&] { return receive_once(input(*one)); });
    const std::string report = report_of(g);
    CHECK(lines_of(report) == std::min<std::size_t>(count, 51));
    const std::string rest =
        "  ... and " + std::to_string(count - std::min(count, std::size_t{50})) + " more waits\n";
    CHECK((report.find(rest) != std::string::npos) == (count > 50));
  }
}

TEST_CASE("a cycle of 100 000 nodes is found without recursion and told in short") {
  constexpr std::size_t count = 100'000;
  graph g;
  const std::vector<channel*> c = add_channels(g, count);
  for (std::size_t i = 0; i < count; ++i)
    g.add_node("n" + std::to_string(i), std::vector<channel*>{c[i]},
               std::vector<channel*>{c[(i + 1) % count]},
               [&] { return pass_on(input(*c[i]), output(*c[(i + 1) % count])); });
  const std::string report = report_of(g);
  const std::size_t at = report.find("cycle: n0 -(receives from)-> n99999 -");
  REQUIRE(at != std::string::npos);
  CHECK(report.size() < 20'000);
}

TEST_CASE("a dense graph of waits is searched in time that follows its size") {
  // Every node of a layer waits for all nodes of the next: a search that forgets where it was would
  // take 50^20 steps.
  constexpr std::size_t layers = 20;
  constexpr std::size_t width = 50;
  graph g;
  std::vector<std::vector<channel*>> ins(layers * width);
  std::vector<std::vector<channel*>> outs(layers * width);
  for (std::size_t layer = 0; layer + 1 < layers; ++layer)
    for (std::size_t i = 0; i < width; ++i)
      for (std::size_t k = 0; k < width; ++k) {
        channel& c = g.add_channel();
        ins[layer * width + i].push_back(&c);
        outs[(layer + 1) * width + k].push_back(&c);
      }
  for (std::size_t n = 0; n < ins.size(); ++n)
    g.add_node("n", ins[n], outs[n], [&] {
      return [](std::span<channel* const> from) -> node_task {
        std::vector<message> into(from.size());
        co_await receive_all(from, into);
        co_await forever{};
      }(ins[n]);
    });
  CHECK(report_of(g).find("cycle") == std::string::npos);
}
