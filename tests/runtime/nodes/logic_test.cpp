#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::tests::run_node;

TEST_CASE("eq and ne compare kind and contents") {
  CHECK(
      run_node("eq", "left 1 1 \"a\" [1, 2] A(1) A NaN; right 1 1.0 \"a\" [1, 2] A(1) A(1) NaN") ==
      "res true false true true true false false");
  CHECK(run_node("ne", "left 1 {\"a\": 1} (a: 1); right 2 {\"a\": 1} (a: 2)") ==
        "res true false true");
  CHECK(run_node("eq", "left b\"a\" []; right \"a\" []") == "res false true");
}

TEST_CASE("and, or, not") {
  CHECK(run_node("and", "left true true false false; right true false true false") ==
        "res true false false false");
  CHECK(run_node("or", "left true true false false; right true false true false") ==
        "res true true true false");
  CHECK(run_node("not", "data true false") == "res false true");
}

TEST_CASE("logic needs both truth values") {
  CHECK(run_node("and", "left false; right").empty());
  CHECK(run_node("or", "left true; right 0") ==
        "failed at in:right: expected a bool, got an int 0");
  CHECK(run_node("not", "data \"\"") == "failed at in:data: expected a bool, got a string ");
}
