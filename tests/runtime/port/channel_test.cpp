// Channels and single ports: every message arrives once, in order, whoever comes first.
#include "runtime/port/channel.hpp"

#include "tests/runtime/port/nodes.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;

namespace {

// `receiver_first` decides who is started first: whether the receiver or the sender parks.
std::vector<std::string> sent_over(bool receiver_first, std::vector<message> all) {
  std::vector<message> got;
  graph g;
  channel& c = g.add_channel();
  const auto add_receiver = [&] {
    g.add_node("receiver", {&c}, {}, [&] { return collect(input(c), got); });
  };
  if (receiver_first) add_receiver();
  g.add_node("sender", {}, {&c}, [&] { return send_each(output(c), std::move(all)); });
  if (!receiver_first) add_receiver();
  g.run();
  return texts_of(got);
}

node_task send_lvalue(output to, const message& m) {
  co_await to.send(m);
  co_await forever{};
}

node_task bounce(input from, output to, int rounds, int& done) {
  for (int i = 0; i < rounds; ++i) {
    co_await to.send(message::integer(i));
    if ((co_await from.receive()).as_integer() == i) ++done;
  }
  co_await forever{};
}

// Sends only after the receiver took the message before: notes both.
node_task send_noting(output to, int count, std::vector<std::string>& log) {
  for (int i = 0; i < count; ++i) {
    co_await to.send(message::integer(i));
    log.push_back("sent " + std::to_string(i));
  }
  co_await forever{};
}

node_task receive_slowly(input tick, input data, std::vector<std::string>& log) {
  for (;;) {
    co_await tick.receive();
    const message m = co_await data.receive();
    log.push_back("got " + text_of(m));
  }
}

}  // namespace

TEST_CASE("messages arrive once and in order, whoever waits for whom") {
  const std::int64_t live_before = live_payloads();
  for (const bool receiver_first : {true, false}) {
    INFO("receiver first: " << receiver_first);
    std::vector<message> all;
    std::vector<std::string> expected;
    for (int i = 0; i < 1000; ++i) {
      all.push_back(i % 2 == 0 ? long_text(i) : message::integer(i));
      expected.push_back(text_of(all.back()));
    }
    CHECK(sent_over(receiver_first, std::move(all)) == expected);
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("messages of every kind pass unchanged") {
  const std::vector<message> all{message::boolean(true),
                                 message::integer(INT64_MIN),
                                 message::floating(-0.0),
                                 message::string(""),
                                 message::bytes(std::string_view("\0\xff", 2)),
                                 message::empty(kind::list),
                                 message::empty(kind::dict),
                                 message::empty(kind::structure),
                                 message::tagged(atom::intern("Tag"), long_text(1))};
  for (const bool receiver_first : {true, false})
    CHECK(sent_over(receiver_first, all) == texts_of(all));
}

TEST_CASE("a payload is handed over, not copied") {
  for (const bool receiver_first : {true, false}) {
    std::vector<message> got;
    message sent = long_text(7);
    const payload* const identity = sent.shared_payload();
    graph g;
    channel& c = g.add_channel();
    const auto add_receiver = [&] {
      g.add_node("receiver", {&c}, {}, [&] { return collect(input(c), got); });
    };
    if (receiver_first) add_receiver();
    std::vector<message> all;
    all.push_back(std::move(sent));
    g.add_node("sender", {}, {&c}, [&] { return send_each(output(c), std::move(all)); });
    if (!receiver_first) add_receiver();
    g.run();
    REQUIRE(got.size() == 1);
    CHECK(got[0].shared_payload() == identity);
    CHECK(is_unique(identity));
  }
}

TEST_CASE("sending an lvalue leaves it with the sender") {
  const message kept = long_text(1);
  std::vector<message> got;
  graph g;
  channel& c = g.add_channel();
  g.add_node("sender", {}, {&c}, [&] { return send_lvalue(output(c), kept); });
  g.add_node("receiver", {&c}, {}, [&] { return collect(input(c), got); });
  g.run();
  REQUIRE(got.size() == 1);
  CHECK(got[0].shared_payload() == kept.shared_payload());
}

TEST_CASE("a channel holds nothing: a send ends when its message was taken") {
  std::vector<std::string> log;
  graph g;
  channel& data = g.add_channel();
  channel& ticks = g.add_channel();
  g.add_node("sender", {}, {&data}, [&] { return send_noting(output(data), 5, log); });
  g.add_node("receiver", {&ticks, &data}, {},
             [&] { return receive_slowly(input(ticks), input(data), log); });
  g.add_node("clock", {}, {&ticks}, [&] { return send_integers(output(ticks), 0, 3); });
  const outcome how = g.run();
  CHECK(how.how == outcome::kind::deadlocked);  // the fourth message waits for a tick
  std::size_t taken = 0;
  std::size_t sent = 0;
  for (const std::string& line : log) {
    line.starts_with("got") ? ++taken : ++sent;
    CHECK(sent <= taken + 1);
  }
  CHECK(taken == 3);
  CHECK(sent == 3);
}

TEST_CASE("two nodes bounce a message between them") {
  int done = 0;
  graph g;
  channel& there = g.add_channel();
  channel& back = g.add_channel();
  g.add_node("ping", {&back}, {&there},
             [&] { return bounce(input(back), output(there), 10'000, done); });
  g.add_node("pong", {&there}, {&back}, [&] { return pass_on(input(there), output(back)); });
  g.run();
  CHECK(done == 10'000);
}

TEST_CASE("a node that sends to itself waits for ever and is reported") {
  graph g;
  channel& c = g.add_channel();
  g.add_node("loop", {&c}, {&c}, [&] { return pass_on(input(c), output(c)); });
  CHECK(g.run().how == outcome::kind::deadlocked);

  graph sending;
  channel& own = sending.add_channel();
  sending.add_node("loop", {&own}, {&own}, [&] { return send_each(output(own), {long_text(1)}); });
  const outcome how = sending.run();
  CHECK(how.how == outcome::kind::deadlocked);
  CHECK(how.text.find("loop:out[0] waits to send to loop:in[0]") != std::string::npos);
}

TEST_CASE("a message with the wrong kind fails with the place, the kind and the value") {
  struct expectation {
    message sent;
    node_task (*receiver)(input);
    std::string what;
  };
  const std::vector<expectation> all{
      {message::string("x"), [](input from) -> node_task { from.integer(co_await from.receive()); },
       "expected an int, got a string x"},
      {message::integer(5), [](input from) -> node_task { from.boolean(co_await from.receive()); },
       "expected a bool, got an int 5"},
      {message::boolean(false),
       [](input from) -> node_task { from.floating(co_await from.receive()); },
       "expected a float, got a bool false"},
      {message::empty(kind::list),
       [](input from) -> node_task {
         const message m = co_await from.receive();
         from.string(m);
       },
       "expected a string, got a list []"},
      {message::integer(1),
       [](input from) -> node_task {
         const message m = co_await from.receive();
         from.bytes(m);
       },
       "expected a bytes, got an int 1"},
      {message::string(std::string(200, 'y')),
       [](input from) -> node_task { from.reject("an odd number", co_await from.receive()); },
       "expected an odd number, got a string " + std::string(80, 'y') + "..."},
  };
  for (const expectation& e : all) {
    graph g;
    channel& c = g.add_channel();
    g.add_node("sender", {}, {&c}, [&] { return send_each(output(c), {e.sent}); });
    g.add_node("strict", {&c}, {}, [&] { return e.receiver(input(c)); });
    const outcome how = g.run();
    CHECK(how.how == outcome::kind::failed);
    CHECK(how.status == 2);
    CHECK(how.failure.where == "strict:in[0]");
    CHECK(how.failure.what == e.what);
  }
}
