#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::tests::run_node;

namespace {

// What happens at a message that is no part of a stream.
std::string rejected(const char* got) {
  return std::string(
             "failed at in:data: expected a stream's Open, Data with a value, or Close, got ")
      .append(got);
}

}  // namespace

TEST_CASE("stream_int_range runs both ways and leaves out its end") {
  CHECK(run_node("stream_int_range", "from 0 3 5 -1; to 3 0 5 1") ==
        "res <0 1 2> <3 2 1> <> <-1 0>");
  CHECK(run_node("stream_int_range", "from 9223372036854775806; to 9223372036854775807") ==
        "res <9223372036854775806>");
  CHECK(run_node("stream_int_range", "from 0; to 9223372036854775807", {.most_steps = 100})
            .ends_with("; endless"));
  CHECK(run_node("stream_int_range", "from 0.0; to 3") ==
        "failed at in:from: expected an int, got a float 0");
}

TEST_CASE("streams of values") {
  CHECK(run_node("stream_just", "data 1 A(2)") == "res <1> <A(2)>");
  CHECK(run_node("list_to_stream", "data [1, 2] [] [\"a\", []]") == "res <1 2> <> <\"a\" []>");
  CHECK(run_node("string_to_stream", "data \"aé😀\" \"\" \"\\xffb\"") ==
        "res <\"a\" \"é\" \"😀\"> <> <\"\uFFFD\" \"b\">");
  CHECK(run_node("dict_to_stream", "data {\"b\": 2, \"a\": 1} {}") ==
        "res <(key: \"a\", value: 1) (key: \"b\", value: 2)> <>");
  CHECK(run_node("list_to_stream", "data 1") == "failed at in:data: expected a list, got an int 1");
}

TEST_CASE("array ports: one message of each slot, in the order of the slots") {
  CHECK(run_node("array_port_to_list", "port[0] 1 3; port[1] 2 4") == "res [1, 2] [3, 4]");
  CHECK(run_node("array_port_to_list", "port[0] \"only\"") == "res [\"only\"]");
  CHECK(run_node("array_port_to_list", "port[0] 1; port[1]").empty());
  CHECK(run_node("array_port_to_list", "order: port[1] 2; port[0] 1") == "res [1, 2]");
  // The next stream is opened at once.
  CHECK(run_node("array_port_to_stream", "port[0] 1 3; port[1] 2 4") == "res <1 2> <3 4> Open");
  CHECK(run_node("array_port_to_stream", "port[0]") == "res Open");
  CHECK(run_node("array_port_to_stream", "order: port[1] 2; port[0] 1") == "res <1 2> Open");
}

TEST_CASE("stream_to_list") {
  CHECK(run_node("stream_to_list", "data <1 2> <> <\"a\" 1.5>") == "res [1, 2] [] [\"a\", 1.5]");
  CHECK(run_node("stream_to_list", "data Open Data(1)").empty());
  CHECK(run_node("stream_to_list", "data Open Data(1) <2>") == "res [2]");
  CHECK(run_node("stream_to_list", "data Other <1>") == "res [1]");
  CHECK(run_node("stream_to_list", "data 1") == rejected("an int 1"));
  CHECK(run_node("stream_to_list", "data Open Data") == rejected("a union { \"tag\": \"Data\" }"));
}

TEST_CASE("stream_to_dict") {
  CHECK(
      run_node("stream_to_dict",
               "data <(key: \"a\", value: 1) (key: \"b\", value: 2) (key: \"a\", value: 3)> <>") ==
      "res {\"a\": 3, \"b\": 2} {}");
  CHECK(run_node("stream_to_dict", "data <(value: 1)>") ==
        "failed at in:data: expected a struct with the field 'key', got a struct {\"value\": 1}");
  CHECK(run_node("stream_to_dict", "data <(key: 1, value: 1)>") ==
        "failed at in:data: expected a string, got an int 1");
  CHECK(run_node("stream_to_dict", "data <1>") ==
        "failed at in:data: expected a struct with the field 'key', got an int 1");
}

TEST_CASE("stream_enumerate counts each stream from 0") {
  CHECK(run_node("stream_enumerate", "data <\"a\" \"b\"> <> <1>") ==
        "res <(idx: 0, item: \"a\") (idx: 1, item: \"b\")> <> <(idx: 0, item: 1)>");
  CHECK(run_node("stream_enumerate", "data Other") == rejected("a union { \"tag\": \"Other\" }"));
}
