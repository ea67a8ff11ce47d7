// Expected texts were recorded with Go's strconv, encoding/json and fmt, and with Neva programs.
#include "runtime/message/text.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "runtime/message/dict.hpp"
#include "runtime/message/list.hpp"
#include "runtime/message/structure.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

namespace {

std::string float_text(double v) {
  std::string out;
  append_float(out, v);
  return out;
}

std::string json_text(std::string_view s) {
  std::string out;
  append_json_string(out, s);
  return out;
}

std::string quoted(std::string_view s) {
  std::string out;
  append_go_quoted(out, s);
  return out;
}

message list_of(std::initializer_list<message> elements) {
  return make_list(std::span<const message>(elements.begin(), elements.size()));
}

message tagged(std::string_view tag, message data) {
  return message::tagged(atom::intern(tag), std::move(data));
}

message person(message age, message name) {
  const std::array<atom, 2> names{atom::intern("age"), atom::intern("name")};
  std::array<message, 2> values{std::move(age), std::move(name)};
  return make_structure(shape::intern(names), values);
}

}  // namespace

TEST_CASE("floats are written as strconv's 'g' with the shortest digits") {
  const std::pair<double, const char*> expected[] = {
      {0, "0"},
      {-0.0, "-0"},
      {1, "1"},
      {-1.5, "-1.5"},
      {0.1, "0.1"},
      {100000, "100000"},
      {999999, "999999"},
      {1e6, "1e+06"},
      {123456.7, "123456.7"},
      {1234567, "1.234567e+06"},
      {1234567.5, "1.2345675e+06"},
      {1e20, "1e+20"},
      {1e21, "1e+21"},
      {123456789012345678, "1.2345678901234568e+17"},
      {0.0001, "0.0001"},
      {0.00001, "1e-05"},
      {0.000123, "0.000123"},
      {5e-324, "5e-324"},
      {2.5e-320, "2.5e-320"},
      {std::numeric_limits<double>::max(), "1.7976931348623157e+308"},
      {std::numeric_limits<double>::min(), "2.2250738585072014e-308"},
      {std::numeric_limits<double>::infinity(), "+Inf"},
      {-std::numeric_limits<double>::infinity(), "-Inf"},
      {std::numeric_limits<double>::quiet_NaN(), "NaN"},
      {-std::numeric_limits<double>::quiet_NaN(), "NaN"},
  };
  for (const auto& [value, text] : expected) CHECK(float_text(value) == text);
}

TEST_CASE("JSON strings have the escapes of Go's encoder") {
  CHECK(json_text("") == R"("")");
  CHECK(json_text("a/b 'c'") == R"("a/b 'c'")");
  CHECK(json_text("\"\\") == R"("\"\\")");
  CHECK(json_text("<&>") == R"("\u003c\u0026\u003e")");
  CHECK(json_text("\b\f\n\r\t") == R"("\b\f\n\r\t")");
  CHECK(json_text(std::string_view("\0\x1f\x7f", 3)) == "\"\\u0000\\u001f\x7f\"");
  CHECK(json_text("\u00e9\u4e16\U0001f600") == "\"\u00e9\u4e16\U0001f600\"");
  CHECK(json_text("\u2028\u2029\u202a") == "\"\\u2028\\u2029\u202a\"");
  CHECK(json_text("a\xff\xc3z") == R"("a\ufffd\ufffdz")");
  CHECK(json_text("\xed\xa0\x80") == R"("\ufffd\ufffd\ufffd")");
  CHECK(json_text("\ufffd") == "\"\ufffd\"");
}

TEST_CASE("%q has the escapes of Go's fmt") {
  CHECK(quoted("a<\"\\>") == R"("a<\"\\>")");
  CHECK(quoted("\a\b\f\n\r\t\v") == R"("\a\b\f\n\r\t\v")");
  CHECK(quoted(std::string_view("\0\x1b\x7f", 3)) == R"("\x00\x1b\x7f")");
  CHECK(quoted("\u00e9\U0001f600") == "\"\u00e9\U0001f600\"");
  CHECK(quoted("\u00a0\u00ad\u2028") == R"("\u00a0\u00ad\u2028")");
  CHECK(quoted("\U000e0001") == R"("\U000e0001")");
  CHECK(quoted("\xff\xed\xa0\x80") == R"("\xff\xed\xa0\x80")");
  CHECK(quoted("\ufffd") == "\"\ufffd\"");
}

TEST_CASE("scalars are plain at the top") {
  CHECK(text_of(message::boolean(true)) == "true");
  CHECK(text_of(message::integer(std::numeric_limits<std::int64_t>::min())) ==
        "-9223372036854775808");
  CHECK(text_of(message::string("a \"b\" <")) == "a \"b\" <");
  CHECK(text_of(message::bytes("")) == R"("")");
  CHECK(text_of(message::bytes("f")) == R"("Zg==")");
  CHECK(text_of(message::bytes("fo")) == R"("Zm8=")");
  CHECK(text_of(message::bytes("\xff\xfe\xfd")) == R"("//79")");
  std::string json;
  append_json(json, message::string("a \"b\" <"));
  CHECK(json == R"("a \"b\" \u003c")");
}

TEST_CASE("blanks depend on what is around") {
  const message list = list_of({message::integer(1), message::string("a, b: c"), empty_list()});
  const message dict =
      make_dict({{message::string("b"), list}, {message::string("a <"), empty_dict()}});
  const message bare = message::tagged(atom::intern("Friday"));
  CHECK(text_of(empty_list()) == "[]");
  CHECK(text_of(empty_dict()) == "{}");
  CHECK(text_of(empty_structure()) == "{}");
  CHECK(text_of(list) == R"([1,"a, b: c",[]])");
  CHECK(text_of(dict) == R"({"a \u003c": {}, "b": [1, "a, b: c", []]})");
  CHECK(text_of(list_of({dict, bare, tagged("D", message::integer(1))})) ==
        R"([{"a \u003c":{},"b":[1,"a, b: c",[]]},{"tag":"Friday"},{"tag":"D","data":1}])");
  CHECK(text_of(bare) == R"({ "tag": "Friday" })");
  CHECK(text_of(tagged("D", list)) == R"({ "tag": "D", "data": [1,"a, b: c",[]] })");
  CHECK(
      text_of(tagged("D", tagged("E", dict))) ==
      R"({ "tag": "D", "data": { "tag": "E", "data": {"a \u003c": {}, "b": [1, "a, b: c", []]} } })");
  CHECK(text_of(person(message::integer(32), tagged("D", message::string("x\"")))) ==
        R"({"age": 32, "name": {"tag": "D", "data": "x\""}})");
  CHECK(text_of(person(bare, make_list(std::array<std::int64_t, 2>{1, 2}))) ==
        R"({"age": {"tag": "Friday"}, "name": [1, 2]})");
  CHECK(text_of(make_list(std::array<double, 2>{0.5, 1e6})) == "[0.5,1e+06]");
}

TEST_CASE("tags are escaped for HTML only inside lists") {
  const message odd = message::tagged(atom::intern("a<b\n"));
  CHECK(text_of(odd) == R"({ "tag": "a<b\n" })");
  CHECK(text_of(person(odd, message::integer(1))) == R"({"age": {"tag": "a<b\n"}, "name": 1})");
  CHECK(text_of(list_of({odd})) == R"([{"tag":"a\u003cb\n"}])");
}

TEST_CASE("what Neva cannot print is an error where that is asked for") {
  const auto defect = [](const message& m) {
    std::string out;
    const auto done = append_checked_text(out, m);
    CHECK(out == text_of(m));
    return done ? std::string() : done.error().what;
  };
  const message nan = message::floating(std::nan(""));
  CHECK(defect(nan).empty());
  CHECK(defect(message::string("x")).empty());
  CHECK(defect(person(nan, make_list(std::array<double, 1>{INFINITY}))).empty());
  CHECK(defect(list_of({person(nan, nan)})) == "the float NaN has no text inside a list");
  CHECK(defect(make_list(std::array<double, 2>{1, INFINITY})) ==
        "the float +Inf has no text inside a list");
  CHECK(defect(tagged("T", make_list(std::array<double, 1>{-INFINITY}))) ==
        "the float -Inf has no text inside a list");
  CHECK(defect(list_of({message::tagged(atom::intern("\x01"))})) ==
        R"(the tag "\x01" has no text inside a list)");
  CHECK(defect(message::tagged(atom::intern("\x01"))).empty());
}
