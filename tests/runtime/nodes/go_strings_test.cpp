// What Go 1.19 gives for the same calls.
#include "runtime/nodes/go_strings.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

TEST_CASE("upper: runes whose case is special") {
  CHECK(upper("ı") == "I");
  CHECK(upper("ſ") == "S");
  CHECK(upper("ß") == "ß");
  CHECK(upper("ǆ") == "Ǆ");
  CHECK(upper("ǅ") == "Ǆ");
  CHECK(upper("ς") == "Σ");
  CHECK(upper("𐐨") == "𐐀");
  CHECK(upper("ა") == "Ა");
  CHECK(lower("K") == "k");
  CHECK(lower("ẞ") == "ß");
  CHECK(lower("ǅ") == "ǆ");
  CHECK(lower("Σ") == "σ");
  CHECK(lower("𐐀") == "𐐨");
  CHECK(lower("ª") == "ª");
}

TEST_CASE("case mapping replaces what is not UTF-8, byte by byte") {
  CHECK(upper("\xed\xa0\x80z") == "\uFFFD\uFFFD\uFFFDZ");
  CHECK(lower("Z\xe6\x97") == "z\uFFFD\uFFFD");
}

TEST_CASE("splitting into runes keeps broken bytes") {
  const std::vector<std::string_view> parts = split("a\xe6\x97日", "");
  CHECK(parts == std::vector<std::string_view>{"a", "\xe6", "\x97", "日"});
}

TEST_CASE("a slice of a long text in the middle of its runes") {
  CHECK(rune_slice("日本語テキスト", 2, -2) == "語テキ");
  CHECK(rune_slice("日本語", 3, 3).empty());
  CHECK(rune_slice("日本語", -2, 100) == "本語");
  CHECK(*rune_at("日本語", -3) == "日");
  CHECK_FALSE(rune_at("日本語", 3));
  CHECK_FALSE(rune_at("日本語", -4));
  CHECK_FALSE(rune_at("", 0));
}
