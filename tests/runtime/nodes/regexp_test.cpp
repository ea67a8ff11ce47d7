#include "tests/support/catch.hpp"
#include "tests/support/node_fixture.hpp"

using nevaperf::tests::run_node;

namespace {

std::string submatch(const std::string& regexp, const std::string& data) {
  return run_node("regexp_submatch",
                  std::string("regexp ").append(regexp).append("; data ").append(data));
}

}  // namespace

TEST_CASE("regexp_submatch: the match and its groups") {
  CHECK(submatch("\"a(x*)b(y|z)?c\"", "\"-axxxbyc-\"") == "res [\"axxxbyc\", \"xxx\", \"y\"]");
  CHECK(submatch("\"a(x*)b(y|z)?c\"", "\"-abzc-\"") == "res [\"abzc\", \"\", \"z\"]");
  CHECK(submatch("\"a(x*)b(y|z)?c\"", "\"-abc-\"") == "res [\"abc\", \"\", \"\"]");
  CHECK(submatch("\"\"", "\"abc\"") == "res [\"\"]");
  CHECK(submatch("\"b+\"", "\"aaa\"") == "res []");
  CHECK(submatch("\"(?i)É+\"", "\"xéÉ\"") == "res [\"éÉ\"]");
  CHECK(submatch("\"(?P<year>\\\\d{4})-(\\\\d\\\\d)\"", "\"on 2024-05-01\"") ==
        "res [\"2024-05\", \"2024\", \"05\"]");
}

TEST_CASE("regexp_submatch: leftmost, first alternative, greedy or not") {
  CHECK(submatch("\"a|ab\"", "\"ab\"") == "res [\"a\"]");
  CHECK(submatch("\"a.*?c\"", "\"abcbc\"") == "res [\"abc\"]");
  CHECK(submatch("\"a.*c\"", "\"abcbc\"") == "res [\"abcbc\"]");
  CHECK(submatch("\"^b$\"", "\"a\\nb\"") == "res []");
  CHECK(submatch("\"(?m)^b$\"", "\"a\\nb\"") == "res [\"b\"]");
}

TEST_CASE("regexp_submatch: data is taken as its text") {
  CHECK(submatch("\"[0-9]+\"", "[1, 23]") == "res [\"1\"]");
  CHECK(submatch("\"tag\"", "A") == "res [\"tag\"]");
}

TEST_CASE("regexp_submatch: the expression may change and come back") {
  CHECK(run_node("regexp_submatch", "regexp \"a\" \"(b)\" \"a\"; data \"ab\" \"ab\" \"xa\"") ==
        "res [\"a\"] [\"b\", \"b\"] [\"a\"]");
}

TEST_CASE("regexp_submatch: Go's words for what is wrong") {
  const auto error = [](const std::string& regexp) { return submatch(regexp, "\"\""); };
  const auto says = [](const std::string& what) {
    return std::string("err \"error parsing regexp: ").append(what).append("\"");
  };
  CHECK(error("\"a(\"") == says("missing closing ): `a(`"));
  CHECK(error("\"a)\"") == says("unexpected ): `a)`"));
  CHECK(error("\"[a\"") == says("missing closing ]: `[a`"));
  CHECK(error("\"*\"") == says("missing argument to repetition operator: `*`"));
  CHECK(error("\"a**\"") == says("invalid nested repetition operator: `**`"));
  CHECK(error("\"a{2,1}\"") == says("invalid repeat count: `{2,1}`"));
  CHECK(error("\"a{1001}\"") == says("invalid repeat count: `{1001}`"));
  CHECK(error("\"[b-a]\"") == says("invalid character class range: `b-a`"));
  CHECK(error("\"\\\\1\"") == says("invalid escape sequence: `\\\\1`"));
  CHECK(error("\"(?=a)\"") == says("invalid or unsupported Perl syntax: `(?=`"));
  CHECK(error("\"\\\\\"") == says("trailing backslash at end of expression: ``"));
  CHECK(error("\"\\\\p{Foo}\"") == says("invalid character class range: `\\\\p{Foo}`"));
  CHECK(error("\"(?P<n\"") == says("invalid named capture: `(?P<n`"));
}

TEST_CASE("regexp_submatch: a wrong expression does not stop the node") {
  CHECK(run_node("regexp_submatch", "regexp \"(\" \"a\"; data \"a\" \"a\"") ==
        "err \"error parsing regexp: missing closing ): `(`\"; res [\"a\"]");
  CHECK(run_node("regexp_submatch", "regexp 1; data \"a\"") ==
        "failed at in:regexp: expected a string, got an int 1");
}
