#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"
#include "tests/support/value_text.hpp"

using nevaperf::tests::read_value;
using nevaperf::tests::run_node;

TEST_CASE("field follows its path") {
  CHECK(run_node("field", "data (a: 1, b: 2) (b: 3)", {.config = read_value("[\"b\"]")}) ==
        "res 2 3");
  CHECK(run_node("field", "data (a: (b: (c: \"x\")))",
                 {.config = read_value("[\"a\" \"b\" \"c\"]")}) == "res \"x\"");
  CHECK(run_node("field", "data (a: 1)", {.config = read_value("[\"b\"]")}) ==
        "failed at in:data: expected a struct with the field 'b', got a struct {\"a\": 1}");
  CHECK(run_node("field", "data (a: 1)", {.config = read_value("[\"a\" \"b\"]")}) ==
        "failed at in:data: expected a struct with the field 'b', got an int 1");
  CHECK(run_node("field", "data {\"a\": 1}", {.config = read_value("[\"a\"]")}) ==
        "failed at in:data: expected a struct with the field 'a', got a dict {\"a\": 1}");
}

TEST_CASE("field refuses a configuration that is no path") {
  const std::string refused =
      "refused: the configuration must be a list of field names (give it as {\"type\": \"list\", "
      "\"list\": [strings]})";
  CHECK(run_node("field", "data", {.config = read_value("\"a\"")}) == refused);
  CHECK(run_node("field", "data", {.config = read_value("[]")}) == refused);
  CHECK(run_node("field", "data", {.config = read_value("[\"a\", 1]")}) == refused);
}

TEST_CASE("struct_builder: one field for each input") {
  CHECK(run_node("struct_builder", "b 1 3; a \"x\" \"y\"") ==
        "res (a: \"x\", b: 1) (a: \"y\", b: 3)");
  CHECK(run_node("struct_builder", "only 1") == "res (only: 1)");
  CHECK(run_node("struct_builder", "a 1; b").empty());
  CHECK(run_node("struct_builder", "") ==
        "refused: struct_builder has no input (connect one input a field)");
}

TEST_CASE("union_wrap takes the tag of a union") {
  CHECK(run_node("union_wrap", "data 1 A(2) \"s\"; tag X Y(3) Z") == "res X(1) Y(A(2)) Z(\"s\")");
  CHECK(run_node("union_wrap", "data 1; tag \"X\"") ==
        "failed at in:tag: expected a union, got a string X");
}

TEST_CASE("get_dict_value_by_key") {
  CHECK(run_node("get_dict_value_by_key",
                 "dict {\"a\": 1} {\"a\": 1} {\"é\": [1]} {}; key \"a\" \"b\" \"é\" \"\"") ==
        "res 1; err !\"Key not found in dictionary\"; res [1]; err !\"Key not found in "
        "dictionary\"");
  CHECK(run_node("get_dict_value_by_key", "dict (a: 1); key \"a\"") ==
        "failed at in:dict: expected a dict, got a struct {\"a\": 1}");
  CHECK(run_node("get_dict_value_by_key", "dict {}; key 1") ==
        "failed at in:key: expected a string, got an int 1");
}
