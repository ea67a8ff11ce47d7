#include "core/report/terminal_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace nevaperf::report {

namespace {

struct decoded {
  char32_t code;
  std::size_t bytes;
};

// The first code point; nothing if the text does not start with valid UTF-8 (RFC 3629).
std::optional<decoded> decode(std::string_view text) {
  const auto byte_at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte_at(0);
  if (first < 0x80) return decoded{first, 1};
  const std::size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < bytes) return std::nullopt;
  char32_t code = first & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte_at(i) & 0xC0U) != 0x80) return std::nullopt;
    code = code << 6 | (byte_at(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < smallest[bytes] || code > 0x10FFFF || surrogate) return std::nullopt;
  return decoded{code, bytes};
}

struct range {
  char32_t first;
  char32_t last;
};

// Unicode 15, merged where only unassigned characters lie between.
constexpr std::array zero_width = {
    range{0x0300, 0x036F}, range{0x0483, 0x0489}, range{0x0591, 0x05BD}, range{0x0610, 0x061A},
    range{0x064B, 0x065F}, range{0x0900, 0x0902}, range{0x0E34, 0x0E3A}, range{0x1AB0, 0x1AFF},
    range{0x1DC0, 0x1DFF}, range{0x200B, 0x200F}, range{0x2060, 0x2064}, range{0x20D0, 0x20FF},
    range{0xFE00, 0xFE0F}, range{0xFE20, 0xFE2F}, range{0xFEFF, 0xFEFF}, range{0xE0100, 0xE01EF}};
constexpr std::array double_width = {
    range{0x1100, 0x115F},   range{0x2329, 0x232A},   range{0x2E80, 0x303E},
    range{0x3041, 0xA4CF},   range{0xA960, 0xA97F},   range{0xAC00, 0xD7A3},
    range{0xF900, 0xFAFF},   range{0xFE30, 0xFE6F},   range{0xFF00, 0xFF60},
    range{0xFFE0, 0xFFE6},   range{0x1F300, 0x1F64F}, range{0x1F680, 0x1F6FF},
    range{0x1F900, 0x1FAFF}, range{0x20000, 0x3FFFD}};

bool is_in(char32_t code, std::span<const range> ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const range& r) { return r.first <= code && code <= r.last; });
}

std::size_t width_of(char32_t code) {
  if (code < 0x300) return 1;
  if (is_in(code, zero_width)) return 0;
  return is_in(code, double_width) ? 2 : 1;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const auto next = decode(text);
    width += next ? width_of(next->code) : 1;
    text.remove_prefix(next ? next->bytes : 1);
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto next = decode(text);
    const std::size_t bytes = next ? next->bytes : 1;
    const char32_t code = next ? next->code : 0;
    // Besides the control characters: the marks that reorder text.
    const bool reorders = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    if (code == '\n' || code == '\r' || code == '\t') {
      out += ' ';
    } else if (code < 0x20 || (code >= 0x7F && code < 0xA0) || reorders) {
      out += '?';
    } else {
      out += text.substr(0, bytes);
    }
    text.remove_prefix(bytes);
  }
  return out;
}

std::string styled(std::string_view text, style how, bool colour) {
  if (!colour || how == style::plain || text.empty()) return std::string(text);
  const char* code = "0";
  switch (how) {
    case style::plain:
      break;
    case style::bold:
      code = "1";
      break;
    case style::dim:
      code = "2";
      break;
    case style::red:
      code = "31";
      break;
    case style::yellow:
      code = "33";
      break;
    case style::green:
      code = "32";
      break;
  }
  std::string out = std::string("\x1b[") + code + "m";
  out += text;
  out += "\x1b[0m";
  return out;
}

}  // namespace nevaperf::report
