#include "core/report/terminal_text.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::report;

TEST_CASE("widths are counted in terminal cells") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("±1.2%") == 5);
  CHECK(display_width("µs") == 2);
  CHECK(display_width("e\u0301") == 1);  // e and a combining accent
  CHECK(display_width("日本") == 4);
  CHECK(display_width("🚀") == 2);
  CHECK(display_width("\xff\xfe") == 2);
  CHECK(display_width("\xe6\x97") == 2);  // cut off
}

TEST_CASE("control characters and broken UTF-8 do not reach the terminal") {
  CHECK(printable("plain ±日") == "plain ±日");
  CHECK(printable("a\nb\tc") == "a b c");
  CHECK(printable("\x1b[31mred") == "?[31mred");
  CHECK(printable(std::string("a\0b", 3)) == "a?b");
  CHECK(printable("\xc2\x9b"
                  "31m") == "?31m");  // the one-character form of ESC [
  CHECK(printable("\xff"
                  "a\xc0\x80") == "?a??");                        // no UTF-8; an overlong zero
  CHECK(printable("\xed\xa0\x80") == "???");                      // half of a surrogate pair
  CHECK(printable("\xe0\x80\xaf\xf0\x80\x80\xaf") == "???????");  // overlong slashes
  CHECK(printable("a\u202Eb") == "a?b");                          // turns the text around
}

TEST_CASE("colour only when asked for") {
  CHECK(styled("x", style::red, true) == "\x1b[31mx\x1b[0m");
  CHECK(styled("x", style::red, false) == "x");
  CHECK(styled("x", style::plain, true) == "x");
}
