#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::tests::run_node;

TEST_CASE("atoi and itoa") {
  CHECK(run_node("atoi", "data \"42\" \"+5\" \"-0\" \"007\"") == "res 42 5 0 7");
  CHECK(run_node("atoi", "data \"abc\" \"1\" \"9223372036854775808\"") ==
        "err !\"parsing \\\"abc\\\": invalid syntax\"; res 1; err !\"parsing "
        "\\\"9223372036854775808\\\": value out of range\"");
  CHECK(run_node("itoa", "data 0 -7 -9223372036854775808") ==
        "res \"0\" \"-7\" \"-9223372036854775808\"");
  CHECK(run_node("atoi", "data 1") == "failed at in:data: expected a string, got an int 1");
}

TEST_CASE("parse_int") {
  CHECK(run_node("parse_int",
                 "data \"ff\" \"0x1f\" \"-128\" \"1_000\"; base 16 0 10 0; bits 64 64 8 0") ==
        "res 255 31 -128 1000");
  CHECK(run_node("parse_int", "data \"128\"; base 10; bits 8") ==
        "err !\"strconv.ParseInt: parsing \\\"128\\\": value out of range\"");
  CHECK(run_node("parse_int", "data \"12\" \"12\"; base 1 10; bits 64 99") ==
        "err !\"strconv.ParseInt: parsing \\\"12\\\": invalid base 1\" "
        "!\"strconv.ParseInt: parsing \\\"12\\\": invalid bit size 99\"");
  CHECK(run_node("parse_int", "data \"1\"; base \"10\"; bits 0") ==
        "failed at in:base: expected an int, got a string 10");
}

TEST_CASE("parse_float") {
  CHECK(run_node("parse_float", "data \"1.5\" \"inf\" \"0x1p4\" \"0.1\"; bits 64 64 64 32") ==
        "res 1.5 +Inf 16.0 0.10000000149011612");
  CHECK(
      run_node("parse_float", "data \"x\" \"1e999\"; bits 64 64") ==
      "err !\"parsing \\\"x\\\": invalid syntax\" !\"parsing \\\"1e999\\\": value out of range\"");
}

TEST_CASE("parse_bool and format_bool") {
  CHECK(run_node("parse_bool", "data \"1\" \"t\" \"T\" \"true\" \"TRUE\" \"True\"") ==
        "res true true true true true true");
  CHECK(run_node("parse_bool", "data \"0\" \"f\" \"F\" \"false\" \"FALSE\" \"False\"") ==
        "res false false false false false false");
  CHECK(run_node("parse_bool", "data \"yes\" \"tRUE\" \"\"") ==
        "err !\"parsing \\\"yes\\\": invalid syntax\" !\"parsing \\\"tRUE\\\": invalid syntax\" "
        "!\"parsing \\\"\\\": invalid syntax\"");
  CHECK(run_node("format_bool", "data true false") == "res \"true\" \"false\"");
}

TEST_CASE("format_int") {
  CHECK(run_node("format_int", "data 255 -255 35 5; base 16 2 36 10") ==
        "res \"ff\" \"-11111111\" \"z\" \"5\"");
  CHECK(run_node("format_int", "data 1; base 37") ==
        "failed at node: the base 37 is not between 2 and 36");
  CHECK(run_node("format_int", "data 1; base 1") ==
        "failed at node: the base 1 is not between 2 and 36");
}

TEST_CASE("format_float") {
  CHECK(run_node("format_float",
                 "data 1.5 1e21 2.0 0.1; fmt \"f\" \"\" \"e\" \"g\"; prec 2 -1 3 "
                 "-1; bits 64 64 64 32") == "res \"1.50\" \"1e+21\" \"2.000e+00\" \"0.1\"");
  CHECK(run_node("format_float", "data 1.5; fmt \"q\"; prec 2; bits 64") == "res \"%q\"");
  CHECK(run_node("format_float", "data 1.5; fmt \"f\"; prec 2; bits 16") ==
        "failed at node: the bit size 16 is neither 32 nor 64");
  CHECK(run_node("format_float", "data 1.5; fmt \"f\"; prec 9223372036854775807; bits 64") ==
        "failed at node: the precision 9223372036854775807 is over 10000000");
  CHECK(run_node("format_float", "data 1; fmt \"f\"; prec 2; bits 64") ==
        "failed at in:data: expected a float, got an int 1");
}
