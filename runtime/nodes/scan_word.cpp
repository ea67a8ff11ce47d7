#include "runtime/nodes/scan_word.hpp"

#include "runtime/message/utf8.hpp"
#include "runtime/nodes/go_space.hpp"

namespace nevaperf::runtime {

namespace {

// True if `input` may be the beginning of a longer valid character.
bool is_incomplete(std::string_view input) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(input[i]); };
  const unsigned char lead = byte(0);
  const std::size_t size = lead >= 0xf0 && lead <= 0xf4   ? 4
                           : lead >= 0xe0 && lead <= 0xef ? 3
                           : lead >= 0xc2 && lead <= 0xdf ? 2
                                                          : 1;
  if (input.size() >= size) return false;
  if (input.size() == 1) return true;
  // Only the second byte is restricted: no overlong forms, no surrogates, nothing over U+10FFFF.
  const unsigned char low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  if (byte(1) < low || byte(1) > high) return false;
  return input.size() == 2 || (byte(2) & 0xc0) == 0x80;
}

// The bytes it takes to see that the first character of `input` is not valid.
std::size_t bytes_looked_at(std::string_view input) {
  std::size_t count = 1;
  while (count < input.size() && is_incomplete(input.substr(0, count))) ++count;
  return count;
}

}  // namespace

std::size_t word_scanner::scan(std::string_view input, bool at_end) {
  std::size_t consumed = 0;
  while (!done_ && consumed < input.size()) {
    const std::string_view rest = input.substr(consumed);
    if (!at_end && is_incomplete(rest)) return consumed;
    const rune next = decode_rune(rest);
    consumed += next.size;
    take(next.value);
    // Go has read what looked like a longer character, and forgets it when the scan ends here.
    if (done_ && !next.valid) consumed += bytes_looked_at(rest) - next.size;
  }
  if (!done_ && at_end) finish(at_ == place::before_word ? "EOF" : "");
  return consumed;
}

void word_scanner::take(char32_t character) {
  if (character == '\n')
    finish(at_ == place::before_word ? "unexpected newline" : "");
  else if (is_go_space(character))
    at_ = at_ == place::before_word ? place::before_word : place::after_word;
  else if (at_ == place::after_word)
    finish("expected newline");
  else {
    at_ = place::in_word;
    append_rune(word_, character);
  }
}

void word_scanner::finish(std::string_view error) {
  done_ = true;
  error_ = error;
}

}  // namespace nevaperf::runtime
