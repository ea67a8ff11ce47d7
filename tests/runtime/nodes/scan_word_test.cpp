#include "runtime/nodes/scan_word.hpp"

#include "tests/support/catch.hpp"

using nevaperf::runtime::word_scanner;

namespace {

// All scans of a text up to its end, "error|word" each. The text arrives `step` bytes at a time.
std::vector<std::string> scans(std::string_view text, std::size_t step) {
  std::vector<std::string> all;
  std::size_t arrived = 0;
  std::size_t consumed = 0;
  for (;;) {
    word_scanner scanner;
    for (;;) {
      consumed += scanner.scan(text.substr(consumed, arrived - consumed), arrived == text.size());
      if (scanner.is_done()) break;
      arrived = std::min(text.size(), arrived + step);
    }
    all.push_back(std::string(scanner.error()) + "|" + scanner.word());
    if (scanner.error() == "EOF") return all;
  }
}

std::vector<std::string> scans(std::string_view text) {
  const std::vector<std::string> whole = scans(text, text.size());
  CHECK(scans(text, 1) == whole);
  return whole;
}

using words = std::vector<std::string>;

}  // namespace

TEST_CASE("a word a line") {
  CHECK(scans("abc\nd\n") == words{"|abc", "|d", "EOF|"});
  CHECK(scans("abc") == words{"|abc", "EOF|"});
  CHECK(scans("") == words{"EOF|"});
  CHECK(scans(" \t abc \t\r\n") == words{"|abc", "EOF|"});
}

TEST_CASE("an empty line is an error and consumed") {
  CHECK(scans("\nx\n") == words{"unexpected newline|", "|x", "EOF|"});
  CHECK(scans("  \r\nx") == words{"unexpected newline|", "|x", "EOF|"});
  CHECK(scans("  ") == words{"EOF|"});
}

// Recorded with Go's fmt.Fscanln.
TEST_CASE("a second word is an error that eats its first character") {
  CHECK(scans("a b\nc\n") == words{"expected newline|a", "unexpected newline|", "|c", "EOF|"});
  CHECK(scans("a b c\nd\n") == words{"expected newline|a", "|c", "|d", "EOF|"});
  CHECK(scans("a bcd\n") == words{"expected newline|a", "|cd", "EOF|"});
}

TEST_CASE("blanks are those of Unicode") {
  CHECK(scans("\u00a0\u2003日本\u3000\n") == words{"|日本", "EOF|"});
  CHECK(scans("a\u200bb\n") == words{"|a\u200b"
                                     "b",
                                     "EOF|"});  // has no width, and is no blank
}

TEST_CASE("what is not UTF-8 becomes U+FFFD") {
  CHECK(scans("a\xff") == words{"|a\ufffd", "EOF|"});
  CHECK(scans("\xe2\x82\n") == words{"|\ufffd\ufffd", "EOF|"});
  // Recorded with Go, which forgets the bytes that it looked at.
  CHECK(scans("a \xed\xa0\x80\n") == words{"expected newline|a", "|\ufffd", "EOF|"});
}
