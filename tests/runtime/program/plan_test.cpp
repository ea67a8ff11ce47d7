// Broken IR is refused before anything runs: with the place in the file and what was expected.
#include <algorithm>

#include "runtime/program/program.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;
using namespace nevaperf::runtime;

namespace {

base::result<wiring_plan> plan_of(const std::string& json) {
  auto ir = parse_ir(json);
  if (!ir) return ir.error();
  return plan_wiring(*ir);
}

std::string error_of(const std::string& json) {
  const auto plan = plan_of(json);
  return plan ? "no error" : plan.error().line();
}

std::string ir_text(const std::string& connections, const std::string& functions) {
  return R"({"connections": {)" + connections + R"(}, "funcs": [)" + functions + "]}";
}

// in:start -> new -> del would do, but something must come out at stop.
constexpr auto new_function =
    R"({"ref": "new", "io": {"in": ["n/in:sig"], "out": ["n/out:res"]}, "msg": {"type": "int", "int": 1}})";
constexpr auto new_connections = R"("in:start": "n/in:sig", "n/out:res": "out:stop")";

std::string fan_out(const std::string& outs) {
  return R"({"ref": "fan_out", "io": {"in": ["f/in:data"], "out": [)" + outs + "]}}";
}

std::string addresses(const std::string& start, int count) {
  std::string all;
  for (int i = 0; i < count; ++i)
    all += (i == 0 ? "\"" : ", \"") + start + "[" + std::to_string(i) + "]\"";
  return all;
}

}  // namespace

TEST_CASE("a small program is planned: channels with the addresses of their ends") {
  const auto plan = plan_of(ir_text(new_connections, new_function));
  REQUIRE(plan);
  REQUIRE(plan->nodes.size() == 1);
  const planned_node& n = plan->nodes[0];
  CHECK(n.name == "n");
  CHECK(n.place == "funcs[0]");
  CHECK(n.behaviour->ref == "new");
  CHECK(n.config.as_integer() == 1);
  REQUIRE(plan->channels.size() == 2);
  const auto& into = plan->channels.at(n.ins.at(0).channels.at(0));
  CHECK(into.from == "in:start");
  CHECK(into.to == "n/in:sig");
  CHECK(n.ins[0].channels[0] == plan->start);
  CHECK(n.outs.at(0).channels.at(0) == plan->stop);
}

TEST_CASE("the smallest programs") {
  // Start connected to stop: what a program without functions is.
  const auto direct = plan_of(ir_text(R"("in:start": "out:stop")", ""));
  REQUIRE(direct);
  CHECK(direct->start == direct->stop);
  // A program that cannot stop by itself (it may panic or exit).
  const auto endless = plan_of(
      ir_text(R"("in:start": "d/in:data")", R"({"ref": "del", "io": {"in": ["d/in:data"]}})"));
  REQUIRE(endless);
  CHECK(endless->start != endless->stop);
  CHECK(endless->channels.at(endless->stop).from == "nobody");
  // Nothing at all: start is not connected.
  CHECK(error_of(ir_text("", "")) == "connections: the output 'in:start' is not connected");
}

TEST_CASE("connections may pass through the ports of components") {
  const auto plan = plan_of(ir_text(
      R"("in:start": "main/in:a", "main/in:a": "main/inner/in:b", "main/inner/in:b": "n/in:sig",
         "n/out:res": "main/out:z", "main/out:z": "out:stop")",
      new_function));
  REQUIRE(plan);
  CHECK(plan->channels.size() == 2);
  CHECK(plan->channels.at(plan->start).to == "n/in:sig");
  CHECK(plan->channels.at(plan->stop).from == "n/out:res");
}

TEST_CASE("several senders at one input are merged") {
  const auto plan = plan_of(ir_text(
      R"("in:start": "f/in:data", "f/out:data[0]": "n/in:sig", "f/out:data[1]": "n/in:sig",
         "f/out:data[2]": "x/in:a", "x/in:a": "n/in:sig", "n/out:res": "out:stop")",
      fan_out(addresses("f/out:data", 3)) + "," + new_function));
  REQUIRE(plan);
  REQUIRE(plan->nodes.size() == 3);
  const planned_node& merge = plan->nodes[2];
  CHECK(merge.name == "merge of n/in:sig");
  CHECK(merge.behaviour->ref == "fan_in");
  CHECK(merge.ins.at(0).channels.size() == 3);
  CHECK(merge.outs.at(0).channels == plan->nodes[1].ins.at(0).channels);
  // Whoever meets a wrong value is named by its own port.
  CHECK(plan->channels.at(merge.outs[0].channels[0]).to == "n/in:sig");
}

TEST_CASE("several senders at the stop port are merged") {
  const auto plan = plan_of(ir_text(
      R"("in:start": "f/in:data", "f/out:data[0]": "out:stop", "f/out:data[1]": "out:stop")",
      fan_out(addresses("f/out:data", 2))));
  REQUIRE(plan);
  CHECK(plan->nodes.at(1).name == "merge of out:stop");
  CHECK(plan->nodes.at(1).outs.at(0).channels.at(0) == plan->stop);
}

TEST_CASE("an array port may have 256 slots, in any order in the file") {
  std::string connections = R"("in:start": "f/in:data")";
  for (int i = 0; i < 256; ++i)
    connections += R"(, "f/out:data[)" + std::to_string(i) + R"(]": "out:stop")";
  const auto plan = plan_of(ir_text(connections, fan_out(addresses("f/out:data", 256))));
  REQUIRE(plan);
  CHECK(plan->nodes.at(0).outs.at(0).channels.size() == 256);
  CHECK(error_of(ir_text(connections, fan_out(addresses("f/out:data", 257))))
            .find("a port has at most 256 slots") != std::string::npos);

  const auto backwards = plan_of(ir_text(
      R"("in:start": "f/in:data", "f/out:data[0]": "out:stop", "f/out:data[1]": "d/in:data")",
      fan_out(R"("f/out:data[1]", "f/out:data[0]")") +
          R"(, {"ref": "del", "io": {"in": ["d/in:data"]}})"));
  REQUIRE(backwards);
  const auto& slots = backwards->nodes.at(0).outs.at(0).channels;
  CHECK(backwards->channels.at(slots.at(0)).from == "f/out:data[0]");
  CHECK(backwards->channels.at(slots.at(1)).to == "d/in:data");
}

TEST_CASE("every fault of a function is named with its place") {
  const std::pair<std::string, const char*> all[] = {
      {R"({"ref": "prinln", "io": {}})",
       "funcs[0].ref: unknown function 'prinln' (did you mean 'println'?)"},
      {R"({"ref": "frobnicate_all", "io": {}})",
       "funcs[0].ref: unknown function 'frobnicate_all' (the functions are listed by 'nevaperf run "
       "--functions')"},
      {R"({"ref": "", "io": {}})",
       "funcs[0].ref: unknown function '' (the functions are listed by 'nevaperf run "
       "--functions')"},
      {R"({"ref": "new", "io": {"in": ["n/in:sig"], "out": ["n/out:res"]}})",
       "funcs[0]: the function 'new' needs a configuration (\"msg\")"},
      {R"({"ref": "del", "io": {"in": ["d/in:dat"]}})",
       "funcs[0].io.in[0]: 'del' has no port 'dat' (its ports are: data)"},
      {R"({"ref": "del", "io": {"in": ["d/in:data"], "out": ["d/out:res"]}})",
       "funcs[0].io.out[0]: 'del' has no port 'res' (its ports are: none)"},
      {R"({"ref": "del", "io": {}})", "funcs[0].io.in: 'del' lacks its port 'data'"},
      {R"({"ref": "lock", "io": {"in": ["l/in:data"], "out": ["l/out:res"]}})",
       "funcs[0].io.in: 'lock' lacks its port 'sig'"},
      {R"({"ref": "lock", "io": {"in": ["l/in:data", "l/in:sig"]}})",
       "funcs[0].io.out: 'lock' lacks its port 'res'"},
      {fan_out(""), "funcs[0].io.out: 'fan_out' lacks its port 'data'"},
      {R"({"ref": "del", "io": {"in": ["d/in:data[0]"]}})",
       "funcs[0].io.in[0]: 'd/in:data[0]': the port 'data' of 'del' is a single port and has no "
       "slots"},
      {fan_out(R"("f/out:data")"),
       "funcs[0].io.out[0]: 'f/out:data': the port 'data' of 'fan_out' is an array port and needs "
       "a "
       "slot"},
      {fan_out(R"("f/out:data[0]", "f/out:data[2]")"),
       "funcs[0].io.out: the port 'data' of 'fan_out' has no slot 1 but a later one"},
      {fan_out(R"("f/out:data[1]")"),
       "funcs[0].io.out: the port 'data' of 'fan_out' has no slot 0 but a later one"},
      {fan_out(R"("f/out:data[0]", "f/out:data[0]")"),
       "funcs[0].io.out[1]: the port 'f/out:data[0]' is used twice"},
      {R"({"ref": "del", "io": {"in": ["d/in:data", "d/in:data"]}})",
       "funcs[0].io.in[1]: the port 'd/in:data' is used twice"},
  };
  for (const auto& [function, expected] : all) {
    INFO(function);
    CHECK(error_of(ir_text(R"("in:start": "out:stop")", function)) == expected);
  }
}

TEST_CASE("a port that two functions claim is refused") {
  CHECK(error_of(ir_text(R"("in:start": "d/in:data")",
                         R"({"ref": "del", "io": {"in": ["d/in:data"]}},
                            {"ref": "del", "io": {"in": ["d/in:data"]}})")) ==
        "funcs[1]: the port 'd/in:data' belongs to funcs[0] already");
  CHECK(error_of(ir_text("", R"({"ref": "del", "io": {"in": ["in:start"]}})"))
            .find("'del' has no port 'start'") != std::string::npos);
  // struct_builder takes any port name, so only the rule about the program's own ports can refuse
  // these.
  CHECK(error_of(ir_text("", R"({"ref": "struct_builder",
                                 "io": {"in": ["in:start"], "out": ["s/out:res"]}})")) ==
        "funcs[0]: 'in:start' is the program's own port");
}

TEST_CASE("every fault of a connection is named with its place") {
  const std::pair<const char*, const char*> all[] = {
      {R"("in:start": "out:stop", "bad": "out:stop")",
       "connections.bad: 'bad' is not a port address: it has no ':' (addresses look like "
       "path/in:port or path/out:port[0])"},
      {R"("in:start": "nowhere")",
       "connections.in:start: 'nowhere' is not a port address: it has no ':' (addresses look like "
       "path/in:port or path/out:port[0])"},
      {R"("in:start": "n/in:sig")", "connections: the output 'n/out:res' is not connected"},
      {R"("n/out:res": "out:stop")", "connections: the output 'in:start' is not connected"},
      {R"("in:start": "out:stop", "n/out:res": "out:stop")",
       "funcs[0]: the input 'n/in:sig' of 'new' is not connected"},
      {R"("in:start": "n/in:sig", "n/out:res": "x/in:y")",
       "connections: the connection from 'n/out:res' ends at 'x/in:y', which is no input of a "
       "function"},
      {R"("in:start": "n/in:sig", "n/out:res": "out:stop", "n/in:sig": "out:stop")",
       "connections.n/in:sig: 'n/in:sig' is the input of a function and cannot send"},
      {R"("in:start": "n/out:res", "n/out:res": "out:stop")",
       "connections.in:start: 'n/out:res' is the output of a function and cannot receive"},
      {R"("in:start": "n/in:sig", "n/out:res": "in:start")",
       "connections.n/out:res: the program's start port cannot receive"},
      {R"("in:start": "n/in:sig", "n/out:res": "out:stop", "out:stop": "n/in:sig")",
       "connections.out:stop: the program's stop port cannot send"},
      {R"("in:start": "n/in:sig", "n/out:res": "out:stop", "x/in:a": "out:stop")",
       "connections.x/in:a: nothing sends to 'x/in:a'"},
      {R"("in:start": "n/in:sig", "n/out:res": "a/in:x", "a/in:x": "b/in:x", "b/in:x": "a/in:x")",
       "connections: the connections from 'n/out:res' lead in a circle"},
      {R"("in:start": "n/in:sig", "n/out:res": "a/in:x", "a/in:x": "a/in:x")",
       "connections: the connections from 'n/out:res' lead in a circle"},
      // A circle that nothing leads to.
      {R"("in:start": "n/in:sig", "n/out:res": "out:stop", "a/in:x": "b/in:x", "b/in:x": "a/in:x")",
       "connections.a/in:x: nothing sends to 'a/in:x'"},
  };
  for (const auto& [connections, expected] : all) {
    INFO(connections);
    CHECK(error_of(ir_text(connections, new_function)) == expected);
  }
}

TEST_CASE("a slot that is written in another way is another address") {
  CHECK(error_of(ir_text(R"("in:start": "f/in:data", "f/out:data[00]": "out:stop")",
                         fan_out(R"("f/out:data[0]")")))
            .find("the output 'f/out:data[0]' is not connected") != std::string::npos);
}

TEST_CASE("a plan does not depend on the order of functions in the file") {
  // Channel numbers follow addresses, not the order of a hash table.
  const std::string connections =
      R"("in:start": "a/in:sig", "a/out:res": "b/in:sig", "b/out:res": "out:stop")";
  const auto function = [](const std::string& name) {
    return R"({"ref": "new", "msg": {"type": "int"}, "io": {"in": [")" + name +
           R"(/in:sig"], "out": [")" + name + R"(/out:res"]}})";
  };
  const auto one = plan_of(ir_text(connections, function("a") + "," + function("b")));
  const auto other = plan_of(ir_text(connections, function("b") + "," + function("a")));
  REQUIRE(one);
  REQUIRE(other);
  CHECK(std::equal(one->channels.begin(), one->channels.end(), other->channels.begin(),
                   other->channels.end(),
                   [](const auto& x, const auto& y) { return x.from == y.from && x.to == y.to; }));
}

TEST_CASE("a chain of 100 000 component ports is followed") {
  std::string connections = R"("in:start": "c0/in:x")";
  for (int i = 0; i < 100'000; ++i)
    connections += ", \"c" + std::to_string(i) + "/in:x\": \"" +
                   (i == 99'999 ? "out:stop" : "c" + std::to_string(i + 1) + "/in:x") + "\"";
  CHECK(plan_of(ir_text(connections, "")));
}
