// UTF-8 as Go reads it: what is not valid counts as one broken byte that stands for U+FFFD.
//
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nevaperf::runtime {

struct rune {
  char32_t value;    // U+FFFD if not valid
  std::size_t size;  // bytes read: 1 if not valid
  bool valid;
};

constexpr char32_t replacement_rune = 0xfffd;

// The first rune of a text that is not empty.
[[nodiscard]] rune decode_rune(std::string_view text);
// Values that are no rune (surrogates, over U+10FFFF) are written as U+FFFD.
void append_rune(std::string& out, char32_t value);
// What Go's unicode tables call printable: letters, marks, numbers, punctuation, symbols, and of
// the blanks only U+0020.
[[nodiscard]] bool is_printable(char32_t value);

}  // namespace nevaperf::runtime
