#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::tests::run_node;

TEST_CASE("float arithmetic follows IEEE") {
  CHECK(run_node("float_add", "left 0.1 1e308 +Inf; right 0.2 1e308 -Inf") ==
        "res 0.30000000000000004 +Inf NaN");
  CHECK(run_node("float_sub", "left 1.5; right 2.0") == "res -0.5");
  CHECK(run_node("float_mul", "left 1.5 -0.0; right 2.0 1.0") == "res 3.0 -0.0");
  CHECK(run_node("float_div", "left 1.0 1.0 -1.0 0.0; right 4.0 0.0 0.0 0.0") ==
        "res 0.25 +Inf -Inf NaN");
  CHECK(run_node("float_neg", "data 1.5 0.0 -Inf") == "res -1.5 -0.0 +Inf");
}

TEST_CASE("float comparisons are false with NaN") {
  CHECK(run_node("float_is_greater", "left 1.0 2.0 NaN 1.0; right 2.0 1.0 1.0 NaN") ==
        "res false true false false");
  CHECK(run_node("float_is_lesser", "left 1.0 2.0 NaN 1.0 -0.0; right 2.0 1.0 1.0 NaN 0.0") ==
        "res true false false false false");
}

TEST_CASE("float_from_int gives the nearest float") {
  CHECK(run_node("float_from_int", "data 3 -1 9007199254740993 9223372036854775807") ==
        "res 3.0 -1.0 9.007199254740992e+15 9.223372036854776e+18");
}

TEST_CASE("float functions refuse other kinds") {
  CHECK(run_node("float_add", "left 1; right 1.0") ==
        "failed at in:left: expected a float, got an int 1");
}
