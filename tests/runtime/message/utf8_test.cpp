#include "runtime/message/utf8.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

TEST_CASE("every rune comes back from its bytes, and surrogates are not runes") {
  for (char32_t v = 0; v <= 0x10ffff; ++v) {
    std::string bytes;
    append_rune(bytes, v);
    const rune r = decode_rune(bytes);
    const bool is_surrogate = v >= 0xd800 && v <= 0xdfff;
    if (!r.valid || r.size != bytes.size() || r.value != (is_surrogate ? replacement_rune : v))
      FAIL("rune " << static_cast<unsigned>(v));
  }
  std::string bytes;
  append_rune(bytes, 0x110000);
  CHECK(bytes == "\ufffd");
}

TEST_CASE("a broken byte stands for itself alone") {
  for (const std::string_view text :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xc3", "\xc3(", "\xe0\x80\x80", "\xe2\x82", "\xed\xa0\x80",
        "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff"}) {
    const rune r = decode_rune(text);
    CHECK_FALSE(r.valid);
    CHECK(r.size == 1);
    CHECK(r.value == replacement_rune);
  }
}

TEST_CASE("printable are letters, marks, numbers, punctuation, symbols and the space") {
  for (const char32_t v : {U' ', U'~', U'\u00a1', U'\u0301', U'\u00e9', U'\u4e16', U'\U0001f600'})
    CHECK(is_printable(v));
  for (const char32_t v : {U'\0', U'\x1f', U'\x7f', U'\x85', U'\u00a0', U'\u00ad', U'\u2028',
                           U'\ue000', U'\U000e0001', U'\U0010ffff'})
    CHECK_FALSE(is_printable(v));
}
