// The reader of IR JSON: every kind of value, and every way in which a file can be wrong, with its
// place.
#include <cmath>

#include "runtime/message/text.hpp"
#include "runtime/program/ir.hpp"
#include "runtime/program/program.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;
using runtime::message;
using runtime::parse_ir;

namespace {

std::string program_with(const std::string& value) {
  return R"({"connections": {}, "funcs": [{"ref": "new", "io": {}, "msg": )" + value + "}]}";
}

message config_of(const std::string& value) {
  auto ir = parse_ir(program_with(value));
  if (!ir) {
    FAIL_CHECK(value << ": " << ir.error().line());
    return {};
  }
  return ir->functions.at(0).config;
}

std::string kind_and_text(const message& m) {
  if (!m) return "none";
  return std::string(runtime::name_of(m.kind_of())) + " " + runtime::text_of(m);
}

std::string error_of(const std::string& text) {
  const auto ir = parse_ir(text);
  return ir ? "no error" : ir.error().line();
}

std::string nested(const std::string& open, const std::string& inner, const std::string& close,
                   int levels) {
  std::string all;
  for (int i = 0; i < levels; ++i) all += open;
  all += inner;
  for (int i = 0; i < levels; ++i) all += close;
  return all;
}

}  // namespace

TEST_CASE("a program as the compiler writes it") {
  const auto ir = parse_ir(R"({
    "connections": {"in:start": "a/b/in:sig", "a/b/out:res": "out:stop"},
    "comment": "made by a test",
    "funcs": [
      {"ref": "new", "io": {"in": ["a/b/in:sig"], "out": ["a/b/out:res"]},
       "msg": {"type": "int", "int": 7}},
      {"ref": "del", "io": {"in": ["d/in:data"]}},
      {"ref": "fan_out", "io": {"out": ["f/out:data[1]", "f/out:data[0]"]}, "msg": null}
    ]})");
  REQUIRE(ir);
  CHECK(ir->comment == "made by a test");
  const std::vector<std::pair<std::string, std::string>> expected{{"a/b/out:res", "out:stop"},
                                                                  {"in:start", "a/b/in:sig"}};
  CHECK(ir->connections == expected);
  REQUIRE(ir->functions.size() == 3);
  CHECK(ir->functions[0].ref == "new");
  CHECK(ir->functions[0].place == "funcs[0]");
  CHECK(ir->functions[0].ins.at(0).node == "a/b");
  CHECK(ir->functions[0].outs.at(0).port == "res");
  CHECK(kind_and_text(ir->functions[0].config) == "int 7");
  CHECK_FALSE(ir->functions[1].config);
  CHECK(ir->functions[1].outs.empty());
  CHECK(ir->functions[2].ins.empty());
  CHECK(ir->functions[2].outs.at(0).slot == 1);
  CHECK_FALSE(ir->functions[2].config);
}

TEST_CASE("a program without functions, with unknown keys, with white space and escapes") {
  CHECK(parse_ir(R"({"connections": {}})"));
  CHECK(parse_ir(R"({"connections": {}, "funcs": null})"));
  CHECK(parse_ir(R"({"connections": {}, "funcs": []})"));
  CHECK(parse_ir(R"({"connections": {}, "comment": 5, "later": [{"x": 1}]})"));
  const auto ir = parse_ir("\n\t {\"connections\" : { \"in\\u003astart\":\"out:stop\" } }\r\n");
  REQUIRE(ir);
  CHECK(ir->connections.at(0).first == "in:start");
}

TEST_CASE("configuration values of every kind") {
  const std::pair<const char*, const char*> all[] = {
      {R"({"type": "bool", "bool": true})", "bool true"},
      {R"({"type": "bool", "bool": false})", "bool false"},
      {R"({"type": "bool"})", "bool false"},
      {R"({"type": "bool", "bool": null})", "bool false"},
      {R"({"type": "int", "int": -3})", "int -3"},
      {R"({"type": "int", "int": 9223372036854775807})", "int 9223372036854775807"},
      {R"({"type": "int", "int": -9223372036854775808})", "int -9223372036854775808"},
      {R"({"type": "int"})", "int 0"},
      {R"({"type": "int", "str": "what belongs to other types does not count"})", "int 0"},
      {R"({"type": "float", "float": 1.5})", "float 1.5"},
      {R"({"type": "float", "float": 3})", "float 3"},
      {R"({"type": "float", "float": -1e-300})", "float -1e-300"},
      {R"({"type": "float"})", "float 0"},
      {R"({"type": "string", "str": "a\u00e4\n"})", "string a\xc3\xa4\n"},
      {R"({"type": "string", "str": "\u0000"})", nullptr},
      {R"({"type": "string"})", "string "},
      {R"({"type": "bytes", "bytes": "Zm9v"})", "bytes \"Zm9v\""},
      {R"({"type": "bytes"})", "bytes \"\""},
      {R"({"type": "list"})", "list []"},
      {R"({"type": "list", "list": null})", "list []"},
      {R"({"type": "list", "list": [{"type": "int", "int": 1}, {"type": "int"}]})", "list [1,0]"},
      {R"({"type": "list", "list": [{"type": "int", "int": 1}, {"type": "bool"}]})",
       "list [1,false]"},
      {R"({"type": "dict"})", "dict {}"},
      {R"({"type": "dict", "map": {"b": {"type": "int", "int": 2}, "a": {"type": "int"}}})",
       R"(dict {"a": 0, "b": 2})"},
      {R"({"type": "struct"})", "struct {}"},
      {R"({"type": "struct", "map": {"y": {"type": "string", "str": "s"}, "x": {"type": "float"}}})",
       R"(struct {"x": 0, "y": "s"})"},
      {R"({"type": "union", "union": {"tag": "T"}})", R"(union { "tag": "T" })"},
      {R"({"type": "union", "union": {"tag": "T", "data": null}})", R"(union { "tag": "T" })"},
      {R"({"type": "union", "union": {"tag": ""}})", R"(union { "tag": "" })"},
      {R"({"type": "union", "union": {"tag": "T", "data": {"type": "int", "int": 4}}})",
       R"(union { "tag": "T", "data": 4 })"},
      {R"({"type": "union", "union": {"tag": "A", "data":
          {"type": "union", "union": {"tag": "B", "data": {"type": "list"}}}}})",
       R"(union { "tag": "A", "data": { "tag": "B", "data": [] } })"},
  };
  for (const auto& [value, expected] : all) {
    INFO(value);
    const message got = config_of(value);
    CHECK(kind_and_text(got) == (expected ? std::string(expected) : std::string("string \0", 8)));
  }
  CHECK(std::signbit(config_of(R"({"type": "float", "float": -0.0})").as_floating()));
}

TEST_CASE("each wrong part of a value is named with its place") {
  const std::pair<const char*, const char*> all[] = {
      {"5", "funcs[0].msg: expected a value object, got number"},
      {"[]", "funcs[0].msg: expected a value object, got array"},
      {"{}", "funcs[0].msg: the value has no \"type\""},
      {R"({"type": 1})", "funcs[0].msg.type: expected a string, got number"},
      {R"({"type": "integer"})",
       "funcs[0].msg.type: unknown type 'integer' (known are bool int float string bytes list dict "
       "struct union)"},
      {R"({"type": "bool", "bool": 1})", "funcs[0].msg.bool: expected true or false, got number"},
      {R"({"type": "int", "int": 1.5})",
       "funcs[0].msg.int: expected an integer of 64 bits, got number"},
      {R"({"type": "int", "int": "1"})",
       "funcs[0].msg.int: expected an integer of 64 bits, got string"},
      {R"({"type": "int", "int": 9223372036854775808})",
       "funcs[0].msg.int: the integer does not fit into 64 bits"},
      {R"({"type": "int", "int": -9223372036854775809})",
       "funcs[0].msg.int: expected an integer of 64 bits, got number"},
      {R"({"type": "float", "float": "1"})", "funcs[0].msg.float: expected a number, got string"},
      {R"({"type": "string", "str": 1})", "funcs[0].msg.str: expected a string, got number"},
      {R"({"type": "bytes", "bytes": []})", "funcs[0].msg.bytes: expected base64 text, got array"},
      {R"({"type": "bytes", "bytes": "x"})", "funcs[0].msg.bytes: not base64"},
      {R"({"type": "list", "list": {}})", "funcs[0].msg.list: expected an array, got object"},
      {R"({"type": "list", "list": [{"type": "int"}, {"type": "int", "int": true}]})",
       "funcs[0].msg.list[1].int: expected an integer of 64 bits, got boolean"},
      {R"({"type": "dict", "map": []})", "funcs[0].msg.map: expected an object, got array"},
      {R"({"type": "dict", "map": {"k": 1}})",
       "funcs[0].msg.map.k: expected a value object, got number"},
      {R"({"type": "struct", "map": true})", "funcs[0].msg.map: expected an object, got boolean"},
      {R"({"type": "struct", "map": {"f": {"type": "list", "list": [null]}}})",
       "funcs[0].msg.map.f.list[0]: expected a value object, got null"},
      {R"({"type": "union"})", "funcs[0].msg: the value has no \"union\""},
      {R"({"type": "union", "union": "T"})", "funcs[0].msg.union: expected an object, got string"},
      {R"({"type": "union", "union": {}})", "funcs[0].msg.union: the union has no \"tag\""},
      {R"({"type": "union", "union": {"tag": 1}})",
       "funcs[0].msg.union.tag: expected a string, got number"},
      {R"({"type": "union", "union": {"tag": "T", "data": 1}})",
       "funcs[0].msg.union.data: expected a value object, got number"},
  };
  for (const auto& [value, expected] : all) {
    INFO(value);
    CHECK(error_of(program_with(value)) == expected);
  }
}

TEST_CASE("each wrong part of the file is named with its place") {
  const std::pair<const char*, const char*> all[] = {
      {"5", "the file: expected a Neva IR object, got number"},
      {"[]", "the file: expected a Neva IR object, got array"},
      {"null", "the file: expected a Neva IR object, got null"},
      {"{}",
       "the file: no \"connections\": this is not Neva IR (write it with: neva build --target ir "
       "--target-ir-format json)"},
      {R"({"connections": []})", "connections: expected an object, got array"},
      {R"({"connections": null})", "connections: expected an object, got null"},
      {R"({"connections": {"in:start": 1}})",
       "connections.in:start: expected a port address, got number"},
      {R"({"connections": {}, "funcs": {}})", "funcs: expected an array, got object"},
      {R"({"connections": {}, "funcs": [1]})", "funcs[0]: expected an object, got number"},
      {R"({"connections": {}, "funcs": [{"io": {}}]})", "funcs[0]: the function has no \"ref\""},
      {R"({"connections": {}, "funcs": [{"ref": null, "io": {}}]})",
       "funcs[0].ref: expected a string, got null"},
      {R"({"connections": {}, "funcs": [{"ref": "del"}]})", "funcs[0]: the function has no \"io\""},
      {R"({"connections": {}, "funcs": [{"ref": "del", "io": []}]})",
       "funcs[0].io: expected an object, got array"},
      {R"({"connections": {}, "funcs": [{"ref": "del", "io": {"in": "x"}}]})",
       "funcs[0].io.in: expected an array of port addresses, got string"},
      {R"({"connections": {}, "funcs": [{"ref": "del", "io": {"in": [1]}}]})",
       "funcs[0].io.in[0]: expected a port address, got number"},
      {R"({"connections": {}, "funcs": [{"ref": "del", "io": {"out": ["a/out:x", "b"]}}]})",
       "funcs[0].io.out[1]: 'b' is not a port address: it has no ':' (addresses look like "
       "path/in:port or path/out:port[0])"},
      {R"({"connections": {}, "funcs": [{"ref": "del", "io": {"in": ["a/out:x"]}}]})",
       "funcs[0].io.in[0]: 'a/out:x' is in the list of the other direction"},
      {R"({"connections": {}, "funcs": [{"ref": "del", "io": {"out": ["a/in:x"]}}]})",
       "funcs[0].io.out[0]: 'a/in:x' is in the list of the other direction"},
  };
  for (const auto& [text, expected] : all) {
    INFO(text);
    CHECK(error_of(text) == expected);
  }
}

TEST_CASE("what is no JSON is named with line and column") {
  const std::string empty = error_of("");
  CHECK(empty.starts_with("the file: not JSON: parse error at line 1, column 1:"));
  CHECK(empty.ends_with("(write it with: neva build --target ir --target-ir-format json)"));
  for (const char* text : {"{", "{\"connections\": {}", "{\"connections\": {}}}", "x", "{'a': 1}",
                           "{\"connections\": {},}", "\xff\xfe", "{\"a\": \"\xc3\"}",
                           "{\"a\": \"\t\"}", "{\"a\": 01}", "{\"a\": NaN}", "\"unfinished"}) {
    INFO(text);
    CHECK(error_of(text).starts_with("the file: not JSON: parse error at line 1, column"));
  }
  CHECK(error_of(std::string("{\"connections\": {}}\0x", 21)) ==
        "the file: not JSON: a zero byte at offset 19 (write the file anew with the compiler)");
  CHECK(error_of("{\n\n  \"a\": ?}")
            .starts_with("the file: not JSON: parse error at line 3, column 8"));
  CHECK(error_of(R"({"connections": {"a": 1e400}})").starts_with("the file: not usable JSON:"));
}

TEST_CASE("an error about a long text is short") {
  for (const std::string& text :
       {"{\"a\": \"" + std::string(5'000'000, 'x'),
        "{\"a\": \"" + std::string(5'000'000, 'x') + "\xff\"}",
        "{\"a\": 1" + std::string(5'000'000, '1') + "e}",
        "{\"connections\": {}, \"funcs\": [{\"ref\": \"del\", \"io\": "
        "{\"in\": [\"" +
            std::string(5'000'000, 'x') + "\"]}}]}",
        program_with("{\"type\": \"" + std::string(5'000'000, 'x') + "\"}")}) {
    const auto loaded = runtime::program::load(text);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().line().size() < 800);
  }
}

TEST_CASE("a key that occurs twice is refused: one of the two would be lost") {
  for (const char* text : {R"({"connections": {"in:start": "a/in:x", "in:start": "out:stop"}})",
                           R"({"connections": {}, "connections": {}})",
                           R"({"connections": {}, "x": {"y": {"z": 1, "z": 2}}})"}) {
    INFO(text);
    CHECK(error_of(text).find("occurs twice in one object (write the file anew") !=
          std::string::npos);
  }
  // The same key in different objects is no fault.
  CHECK(parse_ir(R"({"connections": {}, "x": {"y": 1}, "z": [{"y": 1}, {"y": {"y": 2}}]})"));
}

TEST_CASE("nesting is bounded and needs no stack") {
  const auto list_of = [](int levels) {
    return program_with(
        nested(R"({"type": "list", "list": [)", R"({"type": "int"})", "]}", levels));
  };
  CHECK(parse_ir(list_of(1000)));
  CHECK(error_of(list_of(1001)).find("the value is nested too deeply") != std::string::npos);
  CHECK(error_of(list_of(100'000)).find("nested too deeply") != std::string::npos);
  CHECK(error_of(nested("[", "", "]", 100'000)).find("nested too deeply") != std::string::npos);
  CHECK(error_of(nested("[", "", "", 100'000)).starts_with("the file: "));
  CHECK(error_of(nested("{\"a\":", "1", "}", 100'000)).find("nested too deeply") !=
        std::string::npos);
  CHECK(error_of(program_with(nested(R"({"type": "union", "union": {"tag": "T", "data": )",
                                     R"({"type": "int"})", "}}", 1001)))
            .find("the value is nested too deeply") != std::string::npos);
}
