#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"
#include "tests/support/value_text.hpp"

using nevaperf::tests::read_value;
using nevaperf::tests::run_node;

TEST_CASE("new sends its configuration once for each signal") {
  CHECK(run_node("new", "sig () 1 \"x\"", {.config = read_value("42")}) == "res 42 42 42");
  CHECK(run_node("new", "sig", {.config = read_value("42")}).empty());
  CHECK(run_node("new", "sig 1", {.config = read_value("[1, \"long enough for a payload\"]")}) ==
        "res [1, \"long enough for a payload\"]");
}

TEST_CASE("del takes everything") {
  CHECK(run_node("del", "data 1 2 3").empty());
}

TEST_CASE("lock lets one message pass for each signal") {
  CHECK(run_node("lock", "data 1 2 3; sig () ()") == "res 1 2");
  CHECK(run_node("lock", "data 1; sig").empty());
  CHECK(run_node("lock", "data; sig ()").empty());
  // The order in which the two come does not matter.
  CHECK(run_node("lock", "order: sig (); data 1; data 2; sig ()") == "res 1 2");
}

TEST_CASE("fan_out sends to every slot") {
  CHECK(run_node("fan_out", "data 7", {.out_slots = 3}) == "data[0] 7; data[1] 7; data[2] 7");
  CHECK(run_node("fan_out", "data 1 2", {.out_slots = 1}) == "data[0] 1 2");
}

TEST_CASE("fan_in keeps the order of one sender over all slots") {
  CHECK(run_node("fan_in", "order: data[0] 1; data[1] 2; data[1] 3; data[0] 4") == "res 1 2 3 4");
  CHECK(run_node("fan_in", "data[0] 1 2 3") == "res 1 2 3");
}

TEST_CASE("sync_turn lets later messages pass one for each done") {
  CHECK(run_node("sync_turn", "data 1 2 3; done") == "res 1");
  CHECK(run_node("sync_turn", "data 1 2 3; done () ()") == "res 1 2 3");
  CHECK(run_node("sync_turn", "data; done ()").empty());
  CHECK(run_node("sync_turn", "data 1; done ()") == "res 1");
}

TEST_CASE("errors_new makes an error value") {
  CHECK(run_node("errors_new", "data \"bad\"") == "res !\"bad\"");
  CHECK(run_node("errors_new", "data 1") == "failed at in:data: expected a string, got an int 1");
}

TEST_CASE("panic ends the program at its first message") {
  CHECK(run_node("panic", "data \"no\" \"never\"") == "panicked: no");
  CHECK(run_node("panic", "data !\"bad\"") ==
        "panicked: {\"child\": {\"tag\": \"None\"}, \"text\": \"bad\"}");
}

TEST_CASE("wait_group counts signals") {
  CHECK(run_node("wait_group", "count 2; sig 1 2") == "sig ()");
  CHECK(run_node("wait_group", "count 2; sig 1").empty());
  CHECK(run_node("wait_group", "count 2 1; sig 1 2 3 4") == "sig () ()");
  CHECK(run_node("wait_group", "count 0; sig") == "sig ()");
  CHECK(run_node("wait_group", "count -5; sig") == "sig ()");
  CHECK(run_node("wait_group", "count; sig 1").empty());
  CHECK(run_node("wait_group", "count \"2\"; sig 1") ==
        "failed at in:count: expected an int, got a string 2");
}
