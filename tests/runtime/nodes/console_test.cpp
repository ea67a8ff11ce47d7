#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::tests::run_node;

TEST_CASE("print and println write the text and pass the value on") {
  CHECK(run_node("println", "data \"a\" 1.0 [\"a\"]") ==
        "res \"a\" 1.0 [\"a\"]; stdout \"a\\n1\\n[\\\"a\\\"]\\n\"");
  CHECK(run_node("print", "data \"a\" 1") == "res \"a\" 1; stdout \"a1\"");
}

TEST_CASE("printf puts the texts of its arguments in") {
  CHECK(run_node("printf", "tpl \"$0 is $1\"; args[0] \"x\"; args[1] [1, 2]") ==
        "sig \"x is [1,2]\"; stdout \"x is [1,2]\"");
  CHECK(run_node("printf", "tpl \"$1$0$1\" \"$0, $1\"; args[0] 1 3; args[1] 2 4") ==
        "sig \"212\" \"3, 4\"; stdout \"2123, 4\"");
  CHECK(run_node("printf", "tpl \"100$ $x $$0\"; args[0] 5") ==
        "sig \"100$ $x $5\"; stdout \"100$ $x $5\"");
  CHECK(run_node("printf", "tpl \"$\"; args[0] 1") ==
        "err !\"not all arguments are used in the template: got 1, used 0\"");
}

TEST_CASE("printf: a text of an argument is not a template") {
  CHECK(run_node("printf", "tpl \"$0\"; args[0] \"$1\"") == "sig \"$1\"; stdout \"$1\"");
}

TEST_CASE("printf: errors write nothing") {
  CHECK(run_node("printf", "tpl \"a $3 $0\" \"ok $0 $1\"; args[0] 1 1; args[1] 2 2") ==
        "err !\"template refers to arg 3, but only 2 args given\"; sig \"ok 1 2\"; stdout \"ok 1 "
        "2\"");
  CHECK(run_node("printf", "tpl \"$0 $0\"; args[0] 1; args[1] 2") ==
        "err !\"not all arguments are used in the template: got 2, used 1\"");
  CHECK(run_node("printf", "tpl \"$99999999999999999999\"; args[0] 1") ==
        "err !\"invalid placeholder \\\"99999999999999999999\\\": strconv.Atoi: parsing "
        "\\\"99999999999999999999\\\": value out of range\"");
  CHECK(run_node("printf", "tpl \"$10\"; args[0] 1") ==
        "err !\"template refers to arg 10, but only 1 args given\"");
  CHECK(run_node("printf", "tpl 1; args[0] 1") ==
        "failed at in:tpl: expected a string, got an int 1");
}
