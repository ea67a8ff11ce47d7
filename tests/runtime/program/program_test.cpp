// Programs from IR text to their end.
#include "runtime/program/program.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "tests/support/catch.hpp"

using namespace nevaperf;
using namespace nevaperf::runtime;

namespace {

std::string json(const std::string& connections, const std::string& functions) {
  return R"({"connections": {)" + connections + R"(}, "funcs": [)" + functions + "]}";
}

std::string constant(const std::string& name, const std::string& value) {
  return R"({"ref": "new", "msg": )" + value + R"(, "io": {"in": [")" + name +
         R"(/in:sig"], "out": [")" + name + R"(/out:res"]}})";
}

std::string text_value(const std::string& text) {
  return R"({"type": "string", "str": ")" + text + R"("})";
}

const std::string println =
    R"({"ref": "println", "io": {"in": ["println/in:data"], "out": ["println/out:res", "println/out:err"]}})";
const std::string panic = R"({"ref": "panic", "io": {"in": ["panic/in:data"]}})";

// start -> constant -> println -> stop; errors panic.
const std::string hello_connections =
    R"("in:start": "c/in:sig", "c/out:res": "println/in:data", "println/out:res": "out:stop",
       "println/out:err": "panic/in:data")";

std::string hello(const std::string& text) {
  return json(hello_connections, constant("c", text_value(text)) + "," + println + "," + panic);
}

program load(const std::string& text) {
  auto loaded = program::load(text);
  if (!loaded) FAIL(loaded.error().line());
  return std::move(*loaded);
}

// A binary integer function between two constants.
std::string arithmetic(const std::string& ref, const std::string& left, const std::string& right) {
  return json(
      R"("in:start": "f/in:data", "f/out:data[0]": "l/in:sig", "f/out:data[1]": "r/in:sig",
         "l/out:res": "main/op/in:left", "r/out:res": "main/op/in:right",
         "main/op/out:res": "println/in:data", "println/out:res": "out:stop",
         "println/out:err": "panic/in:data")",
      R"({"ref": "fan_out", "io": {"in": ["f/in:data"], "out": ["f/out:data[0]", "f/out:data[1]"]}},)" +
          constant("l", left) + "," + constant("r", right) + R"(, {"ref": ")" + ref +
          R"(", "io": {"in": ["main/op/in:left", "main/op/in:right"], "out": ["main/op/out:res"]}},)" +
          println + "," + panic);
}

}  // namespace

TEST_CASE("a program runs to its stop, as often as one likes") {
  const std::int64_t live_before = live_payloads();
  {
    const program p = load(hello("a text that is too long for the inline form"));
    environment world = environment::for_tests();
    for (int i = 0; i < 3; ++i) {
      const outcome how = p.run(world);
      CHECK(how.how == outcome::kind::stopped);
      CHECK(how.status == 0);
    }
    CHECK(world.out.collected() ==
          "a text that is too long for the inline form\n"
          "a text that is too long for the inline form\n"
          "a text that is too long for the inline form\n");
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("a program without functions stops at once") {
  const program p = load(json(R"("in:start": "out:stop")", ""));
  environment world = environment::for_tests();
  CHECK(p.run(world).how == outcome::kind::stopped);
  CHECK(world.out.collected().empty());
}

TEST_CASE("the first message on stop ends the program, and what is in flight is dropped") {
  // The stream goes to a sink as it goes to stop: it never comes to its end.
  const std::int64_t live_before = live_payloads();
  {
    const program p = load(json(
        R"("in:start": "s/in:data", "s/out:data[0]": "a/in:sig", "s/out:data[1]": "b/in:sig",
           "a/out:res": "range/in:from", "b/out:res": "range/in:to", "range/out:res": "f/in:data",
           "f/out:data[0]": "out:stop", "f/out:data[1]": "d/in:data")",
        R"({"ref": "fan_out", "io": {"in": ["s/in:data"], "out": ["s/out:data[0]", "s/out:data[1]"]}},
           {"ref": "fan_out", "io": {"in": ["f/in:data"], "out": ["f/out:data[0]", "f/out:data[1]"]}},
           {"ref": "stream_int_range",
            "io": {"in": ["range/in:from", "range/in:to"], "out": ["range/out:res"]}},
           {"ref": "del", "io": {"in": ["d/in:data"]}},)" +
            constant("a", R"({"type": "int"})") + "," +
            constant("b", R"({"type": "int", "int": 9000000000000000000})")));
    environment world = environment::for_tests();
    CHECK(p.run(world).how == outcome::kind::stopped);
  }
  CHECK(live_payloads() == live_before);
}

TEST_CASE("panic ends with status 1 and its text, after what was printed before") {
  const program p = load(json(
      R"("in:start": "c/in:sig", "c/out:res": "println/in:data", "println/out:res": "panic/in:data",
         "println/out:err": "panic/in:data")",
      constant("c", R"({"type": "list", "list": [{"type": "int", "int": 1}]})") + "," + println +
          "," + panic));
  environment world = environment::for_tests();
  const outcome how = p.run(world);
  CHECK(how.how == outcome::kind::panicked);
  CHECK(how.status == 1);
  CHECK(how.text == "[1]");
  CHECK(world.out.collected() == "[1]\n");
}

TEST_CASE("a wrong kind fails with the port's address and the value, whoever sent it") {
  environment world = environment::for_tests();
  const program p = load(arithmetic("int_add", R"({"type": "int", "int": 1})", text_value("two")));
  const outcome how = p.run(world);
  CHECK(how.how == outcome::kind::failed);
  CHECK(how.status == 2);
  CHECK(how.failure.line() == "main/op/in:right: expected an int, got a string two");
  CHECK(world.out.collected().empty());
}

TEST_CASE("an impossible operation fails with the path of its node") {
  environment world = environment::for_tests();
  const program p =
      load(arithmetic("int_div", R"({"type": "int", "int": 1})", R"({"type": "int"})"));
  const outcome how = p.run(world);
  CHECK(how.how == outcome::kind::failed);
  CHECK(how.status == 2);
  CHECK(how.failure.line() == "main/op: integer divide by zero");
}

TEST_CASE("a value that comes through a merge is blamed on the input it came to") {
  const program p = load(json(
      R"("in:start": "f/in:data", "f/out:data[0]": "l/in:sig", "f/out:data[1]": "r/in:sig",
         "l/out:res": "println/in:data", "r/out:res": "println/in:data",
         "println/out:res": "op/in:data", "op/out:res": "d/in:data",
         "println/out:err": "panic/in:data")",
      R"({"ref": "fan_out", "io": {"in": ["f/in:data"], "out": ["f/out:data[0]", "f/out:data[1]"]}},
         {"ref": "int_inc", "io": {"in": ["op/in:data"], "out": ["op/out:res"]}},
         {"ref": "del", "io": {"in": ["d/in:data"]}},)" +
          constant("l", R"({"type": "int", "int": 1})") + "," + constant("r", text_value("x")) +
          "," + println + "," + panic));
  environment world = environment::for_tests();
  const outcome how = p.run(world);
  CHECK(how.failure.line() == "op/in:data: expected an int, got a string x");
  CHECK(world.out.collected() == "1\nx\n");  // the order of the senders
}

TEST_CASE("a program in which nothing can run any more ends with status 2 and a report") {
  const program p = load(json(
      R"("in:start": "lock/in:data", "lock/out:res": "f/in:data", "f/out:data[0]": "lock/in:sig",
         "f/out:data[1]": "out:stop")",
      R"({"ref": "lock", "io": {"in": ["lock/in:data", "lock/in:sig"], "out": ["lock/out:res"]}},
         {"ref": "fan_out", "io": {"in": ["f/in:data"], "out": ["f/out:data[0]", "f/out:data[1]"]}})"));
  environment world = environment::for_tests();
  const outcome how = p.run(world);
  CHECK(how.how == outcome::kind::deadlocked);
  CHECK(how.status == 2);
  CHECK(how.text.find("  lock/in:sig waits to receive from f/out:data[0]\n") != std::string::npos);
  CHECK(how.text.find("  out:stop waits to receive from f/out:data[1]\n") != std::string::npos);
  CHECK(how.text.find("cycle: lock -(receives from)-> f -(receives from)-> lock\n") !=
        std::string::npos);
}

TEST_CASE("a configuration that a function refuses is found while loading") {
  const auto loaded = program::load(json(
      R"("in:start": "g/in:data", "g/out:res": "out:stop")",
      R"({"ref": "field", "msg": {"type": "int"}, "io": {"in": ["g/in:data"], "out": ["g/out:res"]}})"));
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().where == "funcs[0] (g)");
  CHECK(loaded.error().what == "the configuration must be a list of field names");
}

TEST_CASE("slots that do not fit together are found while loading") {
  const auto loaded = program::load(json(
      R"("in:start": "f/in:data", "f/out:data[0]": "s/in:if[0]", "f/out:data[1]": "s/in:then[0]",
         "f/out:data[2]": "s/in:then[1]", "s/out:res": "out:stop")",
      R"({"ref": "fan_out", "io": {"in": ["f/in:data"],
                                   "out": ["f/out:data[0]", "f/out:data[1]", "f/out:data[2]"]}},
         {"ref": "select", "io": {"in": ["s/in:if[0]", "s/in:then[0]", "s/in:then[1]"],
                                  "out": ["s/out:res"]}})"));
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().where == "funcs[1] (s)");
}

TEST_CASE("a full disk turns a good end into a failure") {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  REQUIRE(full >= 0);
  {
    const program p = load(hello("text"));
    environment world{.out = text_sink(full, "stdout"), .arguments = {}};
    const outcome how = p.run(world);
    CHECK(how.how == outcome::kind::failed);
    CHECK(how.status == 2);
    CHECK(how.failure.line() ==
          "println/in:data: stdout: cannot write: No space left on device (check where the output "
          "goes)");
  }
  ::close(full);
}

TEST_CASE("a panic stays a panic when its output is lost") {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  REQUIRE(full >= 0);
  {
    const program p = load(json(
        R"("in:start": "c/in:sig", "c/out:res": "println/in:data",
           "println/out:res": "panic/in:data", "println/out:err": "panic/in:data")",
        constant("c", text_value("boom")) + "," + println + "," + panic));
    environment world{.out = text_sink(full, "stdout"), .arguments = {}};
    CHECK(p.run(world).status == 1);
  }
  ::close(full);
}

TEST_CASE("a wired graph outlives the program it came from") {
  environment world = environment::for_tests();
  std::unique_ptr<graph> wired;
  {
    const program p =
        load(arithmetic("int_add", R"({"type": "int", "int": 1})", text_value("two")));
    auto made = p.wire(world);
    REQUIRE(made);
    wired = std::move(*made);
  }
  CHECK(wired->run().failure.line() == "main/op/in:right: expected an int, got a string two");
}

TEST_CASE("an embedded program can be cancelled before it runs") {
  environment world = environment::for_tests();
  const program p = load(hello("x"));
  auto wired = p.wire(world);
  REQUIRE(wired);
  (*wired)->cancel();
  CHECK((*wired)->run().how == outcome::kind::cancelled);
  CHECK(world.out.collected().empty());
}
