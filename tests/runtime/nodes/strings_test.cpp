#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::tests::run_node;

TEST_CASE("string_add and comparisons are byte-wise") {
  CHECK(run_node("string_add",
                 "left \"a\" \"\" \"fourteen bytes\"; right \"b\" \"\" \" and more\"") ==
        "res \"ab\" \"\" \"fourteen bytes and more\"");
  CHECK(run_node("string_is_greater",
                 "left \"b\" \"a\" \"ab\" \"é\"; right \"a\" \"a\" \"a\" \"z\"") ==
        "res true false true true");
  CHECK(run_node("string_is_lesser", "left \"B\" \"\"; right \"a\" \"\"") == "res true false");
  CHECK(run_node("string_add", "left 1; right \"b\"") ==
        "failed at in:left: expected a string, got an int 1");
}

TEST_CASE("string_at counts runes, negative ones from the end") {
  CHECK(run_node("string_at", "data \"héllo\" \"héllo\" \"héllo\" \"héllo\"; idx 0 1 -1 -4") ==
        "res \"h\" \"é\" \"o\" \"é\"");
  CHECK(run_node("string_at", "data \"ab\" \"ab\" \"\"; idx 2 -3 0") ==
        "err !\"index out of bounds\" !\"index out of bounds\" !\"index out of bounds\"");
  CHECK(run_node("string_at", "data \"a\\xffb\" \"a\\xffb\"; idx 1 2") == "res \"\uFFFD\" \"b\"");
  CHECK(run_node("string_at", "data \"a\"; idx \"0\"") ==
        "failed at in:idx: expected an int, got a string 0");
}

TEST_CASE("string_slice cuts by rune; bounds never fail") {
  CHECK(run_node("string_slice",
                 "data \"héllo\" \"héllo\" \"héllo\" \"héllo\"; from 1 -3 0 3; "
                 "to 3 -1 100 1") == "res \"él\" \"ll\" \"héllo\" \"\"");
  CHECK(run_node("string_slice",
                 "data \"abc\"; from -9223372036854775808; to "
                 "9223372036854775807") == "res \"abc\"");
  CHECK(run_node("string_slice", "data \"a\\xffé\"; from 0; to 3") == "res \"a\uFFFDé\"");
}

TEST_CASE("strings_split") {
  CHECK(run_node("strings_split",
                 "data \"a,b,,c\" \",\" \"\" \"abc\" \"a--b\"; delim \",\" \",\" "
                 "\",\" \",\" \"--\"") ==
        "res [\"a\", \"b\", \"\", \"c\"] [\"\", \"\"] [\"\"] [\"abc\"] [\"a\", \"b\"]");
  CHECK(run_node("strings_split", "data \"aé日\" \"\" \"a\\xff\"; delim \"\" \"\" \"\"") ==
        "res [\"a\", \"é\", \"日\"] [] [\"a\", \"\\xff\"]");
  CHECK(run_node("strings_split", "data \"aaa\"; delim \"aa\"") == "res [\"\", \"a\"]");
}

TEST_CASE("strings_join_list") {
  CHECK(run_node("strings_join_list",
                 "data [\"a\", \"b\"] [] [\"\", \"a\"] [\"x\"]; sep \",\" "
                 "\",\" \",\" \",\"") == "res \"a,b\" \"\" \",a\" \"x\"");
  CHECK(run_node("strings_join_list", "data [\"a\", 1]; sep \",\"") ==
        "failed at in:data: expected a string, got an int 1");
  CHECK(run_node("strings_join_list", "data \"a\"; sep \",\"") ==
        "failed at in:data: expected a list, got a string a");
}

TEST_CASE("strings_join_stream takes one separator a stream") {
  CHECK(run_node("strings_join_stream",
                 "data <\"a\" \"b\"> <\"c\" \"d\"> <>; sep \",\" \"--\" \"x\"") ==
        "res \"a,b\" \"c--d\" \"\"");
  CHECK(run_node("strings_join_stream", "data <\"a\"> <\"b\">; sep \",\"") == "res \"a\"");
  // As in the original: no separator before the first text.
  CHECK(run_node("strings_join_stream", "data <\"\" \"a\" \"\">; sep \",\"") == "res \"a,\"");
  CHECK(run_node("strings_join_stream", "data <1>; sep \",\"") ==
        "failed at in:data: expected a string, got an int 1");
  CHECK(run_node("strings_join_stream", "data Other; sep \",\"") ==
        "failed at in:data: expected a stream's Open, Data with a value, or Close, got a union { "
        "\"tag\": \"Other\" }");
}

TEST_CASE("upper and lower case map single runes") {
  CHECK(run_node("strings_to_upper", "data \"abz[`{\" \"straße\" \"éǆ\" \"ﬁ\" \"\"") ==
        "res \"ABZ[`{\" \"STRAßE\" \"ÉǄ\" \"ﬁ\" \"\"");
  CHECK(run_node("strings_to_lower", "data \"ABZ[@\" \"ÉΣ\" \"İ\"") ==
        "res \"abz[@\" \"éσ\" \"i\"");
  CHECK(run_node("strings_to_upper", "data \"a\\xff\"") == "res \"A\uFFFD\"");
}

TEST_CASE("code points and bytes") {
  CHECK(run_node("string_from_int_codepoint", "data 97 233 128512") == "res \"a\" \"é\" \"😀\"");
  CHECK(run_node("string_from_int_codepoint", "data -1 1114112 55296 4294967393") ==
        "res \"\uFFFD\" \"\uFFFD\" \"\uFFFD\" \"\uFFFD\"");
  CHECK(run_node("bytes_from_string", "data \"a\\xff\" \"\"") == "res b\"a\\xff\" b\"\"");
  CHECK(run_node("strings_from_bytes", "data b\"a\\xff\" b\"\"") == "res \"a\\xff\" \"\"");
  CHECK(run_node("strings_from_bytes", "data \"a\"") ==
        "failed at in:data: expected a bytes, got a string a");
}
