// Programs as functions: requests, responses, and when a graph may serve another call.
#include "runtime/program/call.hpp"

#include <string>

#include "runtime/message/text.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

namespace {

program load(const std::string& connections, const std::string& functions) {
  auto loaded =
      program::load(R"({"connections": {)" + connections + R"(}, "funcs": [)" + functions + "]}");
  if (!loaded) FAIL(loaded.error().line());
  return std::move(*loaded);
}

std::string constant(const std::string& name, const std::string& value) {
  return R"({"ref": "new", "msg": )" + value + R"(, "io": {"in": [")" + name +
         R"(/in:sig"], "out": [")" + name + R"(/out:res"]}})";
}

std::string fan_out(const std::string& name, int slots) {
  std::string outs;
  for (int i = 0; i < slots; ++i)
    outs += (i == 0 ? "\"" : ", \"") + name + "/out:data[" + std::to_string(i) + "]\"";
  return R"({"ref": "fan_out", "io": {"in": [")" + name + R"(/in:data"], "out": [)" + outs + "]}}";
}

// The request twice: both go to int_add.
program doubling() {
  return load(
      R"("in:start": "f/in:data", "f/out:data[0]": "add/in:left", "f/out:data[1]": "add/in:right",
         "add/out:res": "out:stop")",
      fan_out("f", 2) +
          R"(, {"ref": "int_add", "io": {"in": ["add/in:left", "add/in:right"], "out": ["add/out:res"]}})");
}

// A request on which `switch` decides: 0 goes to `on_zero`, everything else comes back.
program deciding(const std::string& on_zero, const std::string& functions) {
  return load(
      R"("in:start": "f/in:data", "f/out:data[0]": "s/in:data", "f/out:data[1]": "zero/in:sig",
         "zero/out:res": "s/in:case[0]", "s/out:case[0]": )" +
          on_zero + R"(, "s/out:else": "out:stop")",
      fan_out("f", 2) + "," + constant("zero", R"({"type": "int"})") +
          R"(, {"ref": "switch_router", "io": {"in": ["s/in:data", "s/in:case[0]"],
                                        "out": ["s/out:case[0]", "s/out:else"]}})" +
          functions);
}

std::string text(const answer& a) {
  if (a.how.how != outcome::kind::stopped) return "no answer";
  return text_of(a.value);
}

}  // namespace

TEST_CASE("a call gives the response to its request, from one graph for all calls") {
  const std::int64_t live_before = live_payloads();
  {
    environment world = environment::for_tests();
    caller c(doubling(), world);
    for (std::int64_t i = 0; i < 1000; ++i)
      REQUIRE(text(c.call(message::integer(i))) == std::to_string(2 * i));
    CHECK(c.graphs_wired() == 1);
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("the empty program gives back what it is given") {
  environment world = environment::for_tests();
  caller c(load(R"("in:start": "out:stop")", ""), world);
  const std::string long_text(1'000'000, 'x');
  CHECK(text(c.call(message::string(long_text))) == long_text);
  CHECK(text(c.call(message::boolean(true))) == "true");
  CHECK(c.graphs_wired() == 1);
}

TEST_CASE("a panic is the answer, and the next call has a graph of its own") {
  environment world = environment::for_tests();
  caller c(deciding(R"("panic/in:data")", R"(, {"ref": "panic", "io": {"in": ["panic/in:data"]}})"),
           world);
  CHECK(text(c.call(message::integer(5))) == "5");
  CHECK(text(c.call(message::integer(6))) == "6");
  CHECK(c.graphs_wired() == 1);
  const answer bad = c.call(message::integer(0));
  CHECK(bad.how.how == outcome::kind::panicked);
  CHECK(bad.how.text == "0");
  CHECK_FALSE(bad.value);
  CHECK(text(c.call(message::integer(7))) == "7");
  CHECK(c.graphs_wired() == 2);
}

TEST_CASE("a request that is not answered is a deadlock, with the report") {
  environment world = environment::for_tests();
  caller c(deciding(R"("drop/in:data")", R"(, {"ref": "del", "io": {"in": ["drop/in:data"]}})"),
           world);
  const answer none = c.call(message::integer(0));
  CHECK(none.how.how == outcome::kind::deadlocked);
  CHECK(none.how.text.find("out:stop waits to receive from") != std::string::npos);
  CHECK(text(c.call(message::integer(7))) == "7");
  CHECK(c.graphs_wired() == 2);
}

TEST_CASE("a wrong request fails with its place, and the next is answered") {
  environment world = environment::for_tests();
  caller c(doubling(), world);
  const answer bad = c.call(message::boolean(true));
  CHECK(bad.how.how == outcome::kind::failed);
  CHECK(bad.how.failure.what == "expected an int, got a bool true");
  CHECK(text(c.call(message::integer(4))) == "8");
}

TEST_CASE("a second response is not taken for the answer to the next request") {
  environment world = environment::for_tests();
  caller c(
      load(R"("in:start": "f/in:data", "f/out:data[0]": "out:stop", "f/out:data[1]": "out:stop")",
           fan_out("f", 2)),
      world);
  for (std::int64_t i = 0; i < 20; ++i)
    REQUIRE(text(c.call(message::integer(i))) == std::to_string(i));
  CHECK(c.graphs_wired() == 20);
}

TEST_CASE("half a pair that is left over does not meet the next request") {
  // Zero goes to the left of an addition alone, and is answered at once as well.
  environment world = environment::for_tests();
  caller c(
      load(
          R"("in:start": "f/in:data", "f/out:data[0]": "add/in:left", "f/out:data[1]": "s/in:data",
         "f/out:data[2]": "zero/in:sig", "zero/out:res": "s/in:case[0]",
         "s/out:case[0]": "out:stop", "s/out:else": "add/in:right", "add/out:res": "out:stop")",
          fan_out("f", 3) + "," + constant("zero", R"({"type": "int"})") +
              R"(, {"ref": "switch_router", "io": {"in": ["s/in:data", "s/in:case[0]"],
                                        "out": ["s/out:case[0]", "s/out:else"]}},
          {"ref": "int_add", "io": {"in": ["add/in:left", "add/in:right"], "out": ["add/out:res"]}})"),
      world);
  CHECK(text(c.call(message::integer(3))) == "6");
  CHECK(text(c.call(message::integer(4))) == "8");
  CHECK(c.graphs_wired() == 1);
  CHECK(text(c.call(message::integer(0))) == "0");
  CHECK(text(c.call(message::integer(5))) == "10");  // not 5: the zero is gone with its graph
  CHECK(c.graphs_wired() == 2);
}

TEST_CASE("a call waits for timers") {
  environment world = environment::for_tests();
  caller c(
      load(
          R"("in:start": "f/in:data", "f/out:data[0]": "wait/in:data", "f/out:data[1]": "time/in:sig",
         "time/out:res": "wait/in:dur", "wait/out:res": "out:stop")",
          fan_out("f", 2) + "," + constant("time", R"({"type": "int", "int": 2000000})") +
              R"(, {"ref": "time_delay", "io": {"in": ["wait/in:dur", "wait/in:data"],
                                                 "out": ["wait/out:res"]}})"),
      world);
  for (int i = 0; i < 3; ++i) CHECK(text(c.call(message::integer(i))) == std::to_string(i));
  CHECK(c.graphs_wired() == 1);
}

TEST_CASE("what a call prints is written when it ends") {
  environment world = environment::for_tests();
  caller c(
      load(R"("in:start": "p/in:data", "p/out:res": "out:stop", "p/out:err": "panic/in:data")",
           R"({"ref": "println", "io": {"in": ["p/in:data"], "out": ["p/out:res", "p/out:err"]}},
          {"ref": "panic", "io": {"in": ["panic/in:data"]}})"),
      world);
  c.call(message::string("one"));
  CHECK(world.out.collected() == "one\n");
  c.call(message::string("two"));
  CHECK(world.out.collected() == "one\ntwo\n");
  CHECK(c.graphs_wired() == 1);
}

TEST_CASE("a call is cancelled from outside, and the next is not") {
  environment world = environment::for_tests();
  caller c(doubling(), world);
  std::stop_source stop;
  stop.request_stop();
  CHECK(c.call(message::integer(1), stop.get_token()).how.how == outcome::kind::cancelled);
  CHECK(text(c.call(message::integer(2))) == "4");
}
