#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::tests::run_node;

TEST_CASE("switch_router: the first case that matches, else else") {
  CHECK(run_node("switch_router", "data 2 3 9; case[0] 1 1 1; case[1] 2 2 2; case[2] 3 3 3") ==
        "case[1] 2; case[2] 3; else 9");
  CHECK(run_node("switch_router", "data 1; case[0] 1; case[1] 1") == "case[0] 1");
  // Every case is consumed in every round, the data of a round waits for all of them.
  CHECK(run_node("switch_router", "data 1 1; case[0] 1 1; case[1] 2") == "case[0] 1");
}

TEST_CASE("switch_router unwraps the payload of a union that matches") {
  CHECK(run_node("switch_router", "data A(1) B C(3); case[0] A A A; case[1] B B B") ==
        "case[0] 1; case[1] B; else C(3)");
  CHECK(run_node("switch_router", "data A(B(2)); case[0] A(B(2))") == "case[0] B(2)");
  CHECK(run_node("switch_router", "data A; case[0] A(1)") == "else A");
}

TEST_CASE("switch_router refuses unequal numbers of slots") {
  CHECK(run_node("switch_router", "data 1; case[0] 1; case[1] 2", {.out_slots = 3}) ==
        "refused: the number of 'in:case' slots differs from the number of 'out:case' slots "
        "(connect as many of one as of the other)");
}

TEST_CASE("match: the then of the first if, unwrapped") {
  CHECK(run_node("match",
                 "data 2 5; if[0] 1 1; if[1] 2 2; then[0] \"a\" \"a\"; then[1] \"b\" "
                 "\"b\"; else \"c\" \"c\"") == "res \"b\" \"c\"");
  CHECK(run_node("match", "data A(1); if[0] A; then[0] B(7); else 0") == "res 7");
  CHECK(run_node("match", "data 1; if[0] 2; then[0] 3; else E(4)") == "res 4");
  CHECK(run_node("match", "data 1; if[0] 1; then[0] 3; else").empty());
  CHECK(run_node("match", "data 1; if[0] 1; if[1] 2; then[0] 3; else 4")
            .starts_with("refused: the number of 'if' slots"));
}

TEST_CASE("select: the then of the oldest if; all thens are consumed") {
  CHECK(
      run_node("select", "then[0] 1 2 3; then[1] 10 20 30; order: if[1] (); if[0] (); if[1] ()") ==
      "res 10 2 30");
  CHECK(run_node("select", "if[0] (); if[1]; then[0] 1; then[1]").empty());
  CHECK(run_node("select", "if[0] (); then[0] 1; then[1] 1")
            .starts_with("refused: the number of 'if' slots"));
}

TEST_CASE("race: data goes to the slot that came first; later ones win later") {
  CHECK(run_node("race", "data 1 2 3; order: case[1] (); case[0] (); case[1] ()") ==
        "case[1] 1; case[0] 2; case[1] 3");
  CHECK(run_node("race", "data; case[0] ()").empty());
  CHECK(run_node("race", "data 1; case[0] ()", {.out_slots = 2}).starts_with("refused: "));
}

TEST_CASE("ternary and cond choose by a truth value") {
  CHECK(run_node("ternary", "if true false; then 1 2; else 3 4") == "res 1 4");
  CHECK(run_node("ternary", "if true; then A(1); else 2") == "res A(1)");
  CHECK(run_node("ternary", "if true; then 1; else").empty());
  CHECK(run_node("ternary", "if 1; then 1; else 2") ==
        "failed at in:if: expected a bool, got an int 1");
  CHECK(run_node("cond", "data 1 2 3; if true false true") == "then 1; else 2; then 3");
  CHECK(run_node("cond", "data 1; if \"true\"") ==
        "failed at in:if: expected a bool, got a string true");
}
