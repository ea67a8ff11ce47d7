#include "runtime/nodes/go_space.hpp"

#include "runtime/message/utf8.hpp"

namespace nevaperf::runtime {

bool is_go_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
         c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

std::string_view trim_go_space(std::string_view text) {
  while (!text.empty()) {
    const rune first = decode_rune(text);
    if (!is_go_space(first.value)) break;
    text.remove_prefix(first.size);
  }
  std::size_t end = 0;  // after the last character that is no space
  for (std::size_t at = 0; at < text.size();) {
    const rune next = decode_rune(text.substr(at));
    at += next.size;
    if (!is_go_space(next.value)) end = at;
  }
  return text.substr(0, end);
}

}  // namespace nevaperf::runtime
