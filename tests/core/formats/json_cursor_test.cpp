#include "core/formats/json_cursor.hpp"

#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"

using namespace nevaperf;
using formats::json_cursor;
using formats::parse_json;

namespace {

// The error line of reading `text` in the way of `read`; empty if there is none.
std::string problem_of(const std::string& text,
                       const std::function<void(const json_cursor&)>& read) {
  const auto document = parse_json(text);
  REQUIRE(document);
  std::optional<base::error> problem;
  read(json_cursor(*document, problem));
  return problem ? problem->line() : "";
}

}  // namespace

TEST_CASE("what is no JSON document is named") {
  CHECK(parse_json("").error().line() == "the file is empty (was its writer interrupted?)");
  CHECK(parse_json(" \n\t").error().what == "the file is empty");
  CHECK(parse_json(std::string("\x7f"
                               "ELF\0\1",
                               6))
            .error()
            .what == "this is binary data, not JSON");
  CHECK(parse_json("{\"a\": 1").error().what == "the file ends in the middle of its JSON");
  const auto wrong = parse_json("{\"a\": 1,\n  oops}");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().where == "line 2, column 3");
  CHECK(wrong.error().what.starts_with("not valid JSON: "));
  CHECK(wrong.error().what.find("json.exception") == std::string::npos);
  CHECK_FALSE(parse_json("{\"a\": NaN}"));
  CHECK_FALSE(parse_json("{\"a\": 1e999}"));
  CHECK_FALSE(parse_json("\"\xff\xfe\""));
  CHECK_FALSE(parse_json("{} {}"));
}

TEST_CASE("deep nesting is refused, brackets in strings are not nesting") {
  CHECK(parse_json(std::string(64, '[') + std::string(64, ']')));
  CHECK(parse_json(std::string(65, '[') + std::string(65, ']')).error().what ==
        "nested deeper than 64 levels");
  CHECK_FALSE(parse_json(std::string(50'000'000, '[')));
  CHECK(parse_json("\"" + std::string(1000, '[') + "\\\"" + std::string(1000, '{') + "\""));
}

TEST_CASE("an error has its place as a JSON pointer") {
  const auto read = [](const json_cursor& root) {
    root.member("a").each([](const json_cursor& one) { (void)one.member("x/y~z").number(); });
  };
  CHECK(problem_of(R"({"a":[{"x/y~z":1}]})", read).empty());
  CHECK(problem_of(R"({"a":[{"x/y~z":1},{"x/y~z":"2"}]})", read) ==
        "/a/1/x~1y~0z: expected a finite number, found \"2\"");
  CHECK(problem_of(R"({"a":[{}]})", read) == "/a/0/x~1y~0z: missing");
  CHECK(problem_of(R"({"a":7})", read) == "/a: expected an array, found 7");
  CHECK(problem_of(R"([1,2])", read) == "expected an object, found an array of 2");
}

TEST_CASE("numbers, counts, truths and texts are strict") {
  const auto count = [](const json_cursor& root) { (void)root.member("n").count(10); };
  CHECK(problem_of(R"({"n":10})", count).empty());
  for (const char* text : {R"({"n":11})", R"({"n":-1})", R"({"n":1.5})", R"({"n":"1"})",
                           R"({"n":null})", R"({"n":99999999999999999999})"}) {
    INFO(text);
    CHECK_FALSE(problem_of(text, count).empty());
  }
  CHECK_FALSE(problem_of(R"({"n":1})", [](const json_cursor& root) {
                (void)root.member("n").truth();
              }).empty());
  CHECK_FALSE(problem_of(R"({"n":1})", [](const json_cursor& root) {
                (void)root.member("n").text();
              }).empty());
  CHECK_FALSE(problem_of(R"([1])", [](const json_cursor& root) {
                (void)root.element(1).number();
              }).empty());
  CHECK_FALSE(problem_of(R"([1])", [](const json_cursor& root) { root.expect_size(2); }).empty());
}

TEST_CASE("the first error wins and stops the reading") {
  int visited = 0;
  CHECK(problem_of(R"([1,"x",2,"y"])", [&](const json_cursor& root) {
          root.each([&](const json_cursor& one) {
            ++visited;
            (void)one.number();
          });
        }) == "/1: expected a finite number, found \"x\"");
  CHECK(visited == 2);
}
