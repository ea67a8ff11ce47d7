#include "runtime/nodes/go_strings.hpp"

#include <utf8proc.h>

#include <algorithm>

#include "runtime/message/utf8.hpp"
#include "runtime/nodes/bounds.hpp"

namespace nevaperf::runtime {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

std::size_t count_runes(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(decode_rune(text).size);
  return count;
}

void skip_runes(std::string_view& text, std::size_t count) {
  for (; count != 0; --count) text.remove_prefix(decode_rune(text).size);
}

void append_runes(std::string& out, std::string_view text, std::size_t count) {
  for (; count != 0; --count) {
    const rune r = decode_rune(text);
    if (r.valid)
      out += text.substr(0, r.size);
    else
      append_rune(out, replacement_rune);
    text.remove_prefix(r.size);
  }
}

std::vector<std::string_view> explode(std::string_view text) {
  std::vector<std::string_view> runes;
  runes.reserve(count_runes(text));
  while (!text.empty()) {
    const std::size_t size = decode_rune(text).size;
    runes.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return runes;
}

template <class Map>
std::string mapped(std::string_view text, Map map) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const rune r = decode_rune(text);
    append_rune(out, r.valid ? map(r.value) : replacement_rune);
    text.remove_prefix(r.size);
  }
  return out;
}

template <char First, char Last>
std::string mapped_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= First && c <= Last) c = static_cast<char>(c ^ ('a' ^ 'A'));
  return out;
}

}  // namespace

std::optional<std::string> rune_at(std::string_view text, std::int64_t index) {
  if (is_ascii(text)) {
    const auto place = place_in(text.size(), index);
    if (!place) return std::nullopt;
    return std::string(text.substr(*place, 1));
  }
  const auto place = place_in(count_runes(text), index);
  if (!place) return std::nullopt;
  skip_runes(text, *place);
  std::string out;
  append_runes(out, text, 1);
  return out;
}

std::string rune_slice(std::string_view text, std::int64_t from, std::int64_t to) {
  if (is_ascii(text)) {
    const part p = part_of(text.size(), from, to);
    return std::string(text.substr(p.from, p.to - p.from));
  }
  const part p = part_of(count_runes(text), from, to);
  skip_runes(text, p.from);
  std::string out;
  append_runes(out, text, p.to - p.from);
  return out;
}

std::vector<std::string_view> split(std::string_view text, std::string_view delimiter) {
  if (delimiter.empty()) return explode(text);
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(delimiter);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + delimiter.size());
  }
}

std::string upper(std::string_view text) {
  if (is_ascii(text)) return mapped_ascii<'a', 'z'>(text);
  return mapped(text, [](char32_t r) {
    constexpr char32_t sharp_s =
        0xdf;  // its capital is no simple mapping of Unicode; utf8proc has it all the same
    if (r == sharp_s) return r;
    return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(r)));
  });
}

std::string lower(std::string_view text) {
  if (is_ascii(text)) return mapped_ascii<'A', 'Z'>(text);
  return mapped(text, [](char32_t r) {
    return static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(r)));
  });
}

}  // namespace nevaperf::runtime
