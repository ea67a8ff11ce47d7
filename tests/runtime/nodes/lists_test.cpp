#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::tests::run_node;

TEST_CASE("list_len") {
  CHECK(run_node("list_len", "data [] [1, 2] [\"a\", 1, []]") == "res 0 2 3");
  CHECK(run_node("list_len", "data {}") == "failed at in:data: expected a list, got a dict {}");
}

TEST_CASE("list_at: negative indexes count from the end") {
  CHECK(run_node("list_at", "data [1, 2, 3] [1, 2, 3] [1.5, 2.0] [\"a\", 1]; idx 0 -1 -2 0") ==
        "res 1 3 1.5 \"a\"");
  CHECK(run_node("list_at", "data [1, 2] [1, 2] [] [1]; idx 2 -3 0 -9223372036854775808") ==
        "err !\"index out of bounds\" !\"index out of bounds\" !\"index out of bounds\" !\"index "
        "out of bounds\"");
  CHECK(run_node("list_at", "data [1]; idx 0.0") ==
        "failed at in:idx: expected an int, got a float 0");
}

TEST_CASE("list_slice: bounds never fail") {
  CHECK(run_node("list_slice",
                 "data [1, 2, 3, 4] [1, 2, 3, 4] [1, 2, 3, 4] [1, 2, 3, 4]; "
                 "from 1 -3 0 3; to 3 -1 100 1") == "res [2, 3] [2, 3] [1, 2, 3, 4] []");
  CHECK(run_node("list_slice",
                 "data [1] [\"a\", 2]; from -9223372036854775808 1; to "
                 "9223372036854775807 2") == "res [1] [2]");
  CHECK(run_node("list_slice", "data \"abc\"; from 0; to 1") ==
        "failed at in:data: expected a list, got a string abc");
}

TEST_CASE("list_append, list_prepend, list_concat") {
  CHECK(run_node("list_append", "data 3 \"x\" []; lst [1, 2] [1] []") ==
        "res [1, 2, 3] [1, \"x\"] [[]]");
  CHECK(run_node("list_prepend", "data 3 \"x\" []; lst [1, 2] [1] []") ==
        "res [3, 1, 2] [\"x\", 1] [[]]");
  CHECK(run_node("list_concat", "left [1] [] [] [1.0]; right [2, 3] [1] [] [\"a\"]") ==
        "res [1, 2, 3] [1] [] [1.0, \"a\"]");
  CHECK(run_node("list_append", "data 1; lst 2") ==
        "failed at in:lst: expected a list, got an int 2");
  CHECK(run_node("list_prepend", "data 1; lst 2") ==
        "failed at in:lst: expected a list, got an int 2");
  CHECK(run_node("list_concat", "left [1]; right 2") ==
        "failed at in:right: expected a list, got an int 2");
}
