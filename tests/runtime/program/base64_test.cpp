#include "runtime/program/base64.hpp"

#include "tests/support/catch.hpp"

using nevaperf::runtime::decode_base64;

TEST_CASE("base64 of every length is decoded") {
  CHECK(decode_base64("") == "");
  CHECK(decode_base64("Zg==") == "f");
  CHECK(decode_base64("Zm8=") == "fo");
  CHECK(decode_base64("Zm9v") == "foo");
  CHECK(decode_base64("Zm9vYg==") == "foob");
  CHECK(decode_base64("Zm9vYmFy") == "foobar");
  CHECK(decode_base64("AP/+") == std::string("\0\xff\xfe", 3));
  CHECK(decode_base64("+/+/") == "\xfb\xff\xbf");
}

TEST_CASE("what is no base64 is refused") {
  for (const char* text : {"Z", "Zg", "Zg=", "Zm9vZ", "=", "==", "====", "Z===", "Zg=a",
                           "Z=g=", "Zm9v\n", "Zm 9", "Zm9-", "Zm9_", "Zg==Zg==", "\xc3\xa4Zg"}) {
    INFO(text);
    CHECK_FALSE(decode_base64(text));
  }
}

TEST_CASE("every byte comes back") {
  // 256 bytes 0...255, encoded here digit by digit.
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  for (int i = 0; i < 255; ++i) bytes += static_cast<char>(i);
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | static_cast<unsigned char>(bytes[i + k]);
    for (int shift = 18; shift >= 0; shift -= 6) text += digits[(group >> shift) & 63];
  }
  CHECK(decode_base64(text) == bytes);
}
