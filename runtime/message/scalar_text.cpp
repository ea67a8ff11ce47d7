// The text of floats, bytes and strings.
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "runtime/message/text.hpp"
#include "runtime/message/text_parts.hpp"
#include "runtime/message/utf8.hpp"

namespace nevaperf::runtime {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_hex(std::string& out, char32_t value, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    out += hex_digits[value >> shift & 0xf];
}

// The letter after the backslash of a short escape that JSON and Go share, or 0.
char short_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
      return c;
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

// ASCII that a JSON string of Go holds as it is.
bool is_plain_in_json(char c) {
  return c >= ' ' && static_cast<signed char>(c) >= 0 && c != '"' && c != '\\' && c != '<' &&
         c != '>' && c != '&';
}

void append_json_rune(std::string& out, std::string_view bytes, const rune& r) {
  if (r.value < 0x80) {
    out += '\\';
    if (const char letter = short_escape(bytes[0])) {
      out += letter;
    } else {
      out += "u";
      append_hex(out, r.value, 4);
    }
  } else if (!r.valid || r.value == 0x2028 || r.value == 0x2029) {
    out += "\\u";
    append_hex(out, r.value, 4);
  } else {
    out += bytes;
  }
}

void append_quoted_rune(std::string& out, std::string_view bytes, const rune& r) {
  if (const char letter = short_escape(bytes[0])) {
    (out += '\\') += letter;
  } else if (r.valid && is_printable(r.value)) {
    out += bytes;
  } else if (r.value == '\a' || r.value == '\v') {
    out += r.value == '\a' ? "\\a" : "\\v";
  } else if (!r.valid || r.value < 0x80) {
    out += "\\x";
    append_hex(out, static_cast<unsigned char>(bytes[0]), 2);
  } else {
    const bool is_wide = r.value > 0xffff;
    out += is_wide ? "\\U" : "\\u";
    append_hex(out, r.value, is_wide ? 8 : 4);
  }
}

}  // namespace

// Shortest digits that read back as the same value, with an exponent if it is < -4 or >= 6: the 21
// of Go's %v does not hold for strconv's 'g'.
void append_float(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "NaN";
    return;
  }
  if (std::isinf(value)) {
    out += value > 0 ? "+Inf" : "-Inf";
    return;
  }
  std::array<char, 32> buffer;
  const auto done =
      std::to_chars(buffer.begin(), buffer.end(), value, std::chars_format::scientific);
  const std::string_view scientific(buffer.data(),
                                    static_cast<std::size_t>(done.ptr - buffer.data()));
  const std::size_t e = scientific.find('e');
  int exponent = 0;
  const char* const digits = scientific.data() + e + (scientific[e + 1] == '+' ? 2 : 1);
  std::from_chars(digits, done.ptr, exponent);
  if (exponent < -4 || exponent >= 6) {
    out += scientific;
    return;
  }
  std::array<char, 64> fixed;
  const auto end = std::to_chars(fixed.begin(), fixed.end(), value, std::chars_format::fixed);
  out.append(fixed.data(), end.ptr);
}

void append_integer(std::string& out, std::int64_t value) {
  std::array<char, 24> buffer;
  const auto end = std::to_chars(buffer.begin(), buffer.end(), value);
  out.append(buffer.data(), end.ptr);
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && is_plain_in_json(text[plain])) ++plain;
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const rune r = decode_rune(text);
    append_json_rune(out, text.substr(0, r.size), r);
    text.remove_prefix(r.size);
  }
  out += '"';
}

void append_go_quoted(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const rune r = decode_rune(text);
    append_quoted_rune(out, text.substr(0, r.size), r);
    text.remove_prefix(r.size);
  }
  out += '"';
}

void append_base64(std::string& out, std::string_view data) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto byte = [data](std::size_t i) -> std::uint32_t {
    return i < data.size() ? static_cast<unsigned char>(data[i]) : 0;
  };
  for (std::size_t i = 0; i < data.size(); i += 3) {
    const std::uint32_t group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    out += alphabet[group >> 18];
    out += alphabet[group >> 12 & 63];
    out += i + 1 < data.size() ? alphabet[group >> 6 & 63] : '=';
    out += i + 2 < data.size() ? alphabet[group & 63] : '=';
  }
}

}  // namespace nevaperf::runtime
