#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::tests::run_node;

TEST_CASE("stream_zip ends with the shorter stream and drops the rest") {
  CHECK(run_node("stream_zip", "left <1 2>; right <\"a\" \"b\">") ==
        "res <(left: 1, right: \"a\") (left: 2, right: \"b\")>");
  CHECK(run_node("stream_zip", "left <1 2 3> <4>; right <10> <20 30>") ==
        "res <(left: 1, right: 10)> <(left: 4, right: 20)>");
  CHECK(run_node("stream_zip", "left <> <> <1>; right <> <1 2> <>") == "res <> <> <>");
  CHECK(run_node("stream_zip", "left <1>; right").empty());
  CHECK(run_node("stream_zip", "left Other Data(9) <1>; right Close <2>") ==
        "res <(left: 1, right: 2)>");
  CHECK(run_node("stream_zip", "left <1>; right 2")
            .starts_with("failed at in:right: expected a stream's Open"));
}

TEST_CASE("stream_zip: the sides may come one after the other, message by message") {
  CHECK(run_node("stream_zip",
                 "order: left Open; right Open; right Data(2); left Data(1); left "
                 "Close; right Data(3); right Close") == "res <(left: 1, right: 2)>");
}

TEST_CASE("stream_zip_many: lists up to the end of the shortest") {
  CHECK(run_node("stream_zip_many", "data[0] <1 2>; data[1] <10 20 30>; data[2] <\"a\" \"b\">") ==
        "res <[1, 10, \"a\"] [2, 20, \"b\"]>");
  CHECK(run_node("stream_zip_many", "data[0] <1 2> <3>") == "res <[1] [2]> <[3]>");
  CHECK(run_node("stream_zip_many", "data[0] <> <1>; data[1] <1> <2>") == "res <> <[1, 2]>");
  CHECK(run_node("stream_zip_many", "data[0] <1>; data[1]").empty());
}

TEST_CASE("stream_zip_many: whole streams of one sender, one after the other") {
  CHECK(run_node("stream_zip_many", "order: data[0] <1 2> <3>; data[1] <10 20>; data[1] <30>") ==
        "res <[1, 10] [2, 20]> <[3, 30]>");
}

TEST_CASE("stream_product: the second stream runs fastest") {
  CHECK(run_node("stream_product", "first <1 2>; second <\"a\" \"b\">") ==
        "res <(first: 1, second: \"a\") (first: 1, second: \"b\") (first: 2, second: \"a\") "
        "(first: 2, second: \"b\")>");
  CHECK(run_node("stream_product", "first <> <1>; second <1> <>") == "res <> <>");
  CHECK(run_node("stream_product", "first <1> <2>; second <3> <4>") ==
        "res <(first: 1, second: 3)> <(first: 2, second: 4)>");
  CHECK(run_node("stream_product", "order: second <3> <4>; first Data(0) <1>; first <2>") ==
        "res <(first: 1, second: 3)> <(first: 2, second: 4)>");
  CHECK(run_node("stream_product", "first 1; second <1>")
            .starts_with("failed at in:first: expected a stream's Open"));
}
