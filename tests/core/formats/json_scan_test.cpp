#include "core/formats/json_scan.hpp"

#include <limits>

#include "tests/support/catch.hpp"

using namespace nevaperf::formats;

namespace {

// Writes down what it is told, one event a word.
class recorder final : public json_handler {
 public:
  std::string text;
  bool key(std::string_view name) override { return put("k:" + std::string(name)); }
  bool string(std::string_view value) override { return put("s:" + std::string(value)); }
  bool number(double value) override {
    numbers.push_back(value);
    return put("n");
  }
  bool truth(bool value) override { return put(value ? "t" : "f"); }
  bool null() override { return put("0"); }
  bool start_object() override { return put("{"); }
  bool end_object() override { return put("}"); }
  bool start_array() override { return put("["); }
  bool end_array() override { return put("]"); }
  std::vector<double> numbers;

 private:
  bool put(const std::string& word) {
    text += (text.empty() ? "" : " ") + word;
    return word != "s:stop";
  }
};

std::string events(std::string_view text) {
  recorder seen;
  const auto end = scan_json(text, seen);
  CHECK(end.how == scan_end::whole);
  return seen.text;
}

scan_end end_of(std::string_view text) {
  recorder seen;
  return scan_json(text, seen).how;
}

std::vector<double> numbers(std::string_view text) {
  recorder seen;
  CHECK(scan_json(text, seen).how == scan_end::whole);
  return seen.numbers;
}

}  // namespace

TEST_CASE("every kind of value is told, with its nesting") {
  CHECK(events(R"( {"a": [1, "x", {}], "b": {"c": null}, "d": [ ] } )") ==
        "{ k:a [ n s:x { } ] k:b { k:c 0 } k:d [ ] }");
  CHECK(events("[true,false]") == "[ t f ]");
  CHECK(events("\"x\"") == "s:x");
}

TEST_CASE("numbers as they are written") {
  CHECK(numbers("[0, -0, 12, -7, 1.5e-3, 123456789012345678, 1E2]") ==
        std::vector{0.0, 0.0, 12.0, -7.0, 0.0015, 123456789012345678.0, 100.0});
  CHECK(numbers("[4.9e-324, 1e-400]") ==
        std::vector{std::numeric_limits<double>::denorm_min(), 0.0});
  for (const char* const wrong :
       {"01", "1.", ".5", "+1", "-", "1e", "NaN", "-nan", "Infinity", "1e999", "0x1", "1 2"}) {
    INFO(wrong);
    CHECK(end_of(std::string("[") + wrong + "]") == scan_end::malformed);
  }
}

TEST_CASE("escapes") {
  CHECK(events(R"("a\"\\\/\n\u0041\u00e9\u20ac\ud83d\ude00")") ==
        "s:a\"\\/\nA\u00e9\u20ac\U0001F600");
  for (const char* const wrong :
       {R"("\x")", R"("\u12g4")", R"("\ud83d")", R"("\ude00")", "\"\n\""}) {
    INFO(wrong);
    CHECK(end_of(wrong) == scan_end::malformed);
  }
}

TEST_CASE("every beginning of a document is cut off, or is one") {
  const std::string whole = R"({"a": [1.5, "x\u0041", true], "b": {"c": null}})";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO(whole.substr(0, size));
    CHECK(end_of(whole.substr(0, size)) == scan_end::cut_off);
  }
}

TEST_CASE("what is no JSON, too deep, or stopped") {
  for (const char* const wrong : {"{a:1}", "{\"a\" 1}", "[1,]", "{\"a\":1,}", "[1}", "nul]", "]"}) {
    INFO(wrong);
    CHECK(end_of(wrong) == scan_end::malformed);
  }
  CHECK(end_of(std::string(64, '[') + std::string(64, ']')) == scan_end::whole);
  CHECK(end_of(std::string(65, '[')) == scan_end::too_deep);
  recorder seen;
  const auto end = scan_json("[1,\n\"stop\", 2]", seen);
  CHECK(end.how == scan_end::stopped);
  CHECK(line_at("[1,\n\"stop\", 2]", end.place) == "line 2");
}
