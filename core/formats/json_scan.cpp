#include "core/formats/json_scan.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace nevaperf::formats {

namespace {

constexpr std::size_t depth_limit = 64;

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

class scanner {
 public:
  scanner(std::string_view text, json_handler& handler)
      : at_(text.data()), start_(text.data()), end_(at_ + text.size()), handler_(handler) {}

  scan_result scan() {
    value_due();
    return {how_, static_cast<std::size_t>(at_ - start_)};
  }

 private:
  bool fail(scan_end how) {
    how_ = how;
    return false;
  }
  bool bad() { return fail(at_ == end_ ? scan_end::cut_off : scan_end::malformed); }
  // What the handler answers; false ends the scan.
  bool told(bool goes_on) { return goes_on || fail(scan_end::stopped); }

  void skip_space() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
  }
  bool open(bool is_object);
  bool close();
  bool key();
  bool plain_value();
  bool word(std::string_view expected);
  bool number();
  bool digits();
  // Between the quotes, escapes resolved; valid until the next string.
  bool text(std::string_view& into);
  bool escape();
  bool hex(std::uint32_t& into);
  bool value_due();

  const char* at_;
  const char* start_;
  const char* end_;
  json_handler& handler_;
  scan_end how_ = scan_end::whole;
  std::array<bool, depth_limit> is_object_{};  // of the open levels
  std::size_t depth_ = 0;
  std::string buffer_;
};

bool scanner::open(bool is_object) {
  if (depth_ == depth_limit) return fail(scan_end::too_deep);
  is_object_[depth_++] = is_object;
  ++at_;
  return told(is_object ? handler_.start_object() : handler_.start_array());
}

bool scanner::close() {
  const bool is_object = is_object_[--depth_];
  ++at_;
  return told(is_object ? handler_.end_object() : handler_.end_array());
}

bool scanner::key() {
  skip_space();
  if (at_ == end_ || *at_ != '"') return bad();
  std::string_view name;
  if (!text(name) || !told(handler_.key(name))) return false;
  skip_space();
  if (at_ == end_ || *at_ != ':') return bad();
  ++at_;
  return true;
}

// Without recursion: the depth of a text must not become the depth of the stack.
bool scanner::value_due() {
  for (;;) {
    skip_space();
    if (at_ == end_) return bad();
    if (*at_ == '{' || *at_ == '[') {
      const bool is_object = *at_ == '{';
      if (!open(is_object)) return false;
      skip_space();
      const bool is_empty = at_ != end_ && *at_ == (is_object ? '}' : ']');
      if (!is_empty) {
        if (is_object && !key()) return false;
        continue;
      }
      if (!close()) return false;
    } else if (!plain_value()) {
      return false;
    }
    for (;;) {
      skip_space();
      if (depth_ == 0) return at_ == end_ || bad();
      if (at_ == end_) return bad();
      const bool is_object = is_object_[depth_ - 1];
      if (*at_ == ',') {
        ++at_;
        if (is_object && !key()) return false;
        break;
      }
      if (*at_ != (is_object ? '}' : ']')) return bad();
      if (!close()) return false;
    }
  }
}

bool scanner::plain_value() {
  switch (*at_) {
    case '"': {
      std::string_view value;
      return text(value) && told(handler_.string(value));
    }
    case 't':
      return word("true") && told(handler_.truth(true));
    case 'f':
      return word("false") && told(handler_.truth(false));
    case 'n':
      return word("null") && told(handler_.null());
    default:
      return number();
  }
}

bool scanner::word(std::string_view expected) {
  for (const char c : expected) {
    if (at_ == end_ || *at_ != c) return bad();
    ++at_;
  }
  return true;
}

bool scanner::digits() {
  const char* const first = at_;
  while (at_ != end_ && *at_ >= '0' && *at_ <= '9') ++at_;
  return at_ != first || bad();
}

bool scanner::number() {
  const char* const first = at_;
  if (*at_ == '-') ++at_;
  const bool starts_with_zero = at_ != end_ && *at_ == '0';
  const char* const whole = at_;
  if (!digits()) return false;
  if (starts_with_zero && at_ - whole > 1) return fail(scan_end::malformed);
  bool is_whole = true;
  if (at_ != end_ && *at_ == '.') {
    is_whole = false;
    ++at_;
    if (!digits()) return false;
  }
  if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
    is_whole = false;
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    if (!digits()) return false;
  }
  constexpr std::ptrdiff_t exact_digits = 15;
  if (is_whole && at_ - whole <= exact_digits) {
    std::int64_t value = 0;
    for (const char* c = whole; c != at_; ++c) value = value * 10 + (*c - '0');
    const auto number = static_cast<double>(value);
    return told(handler_.number(*first == '-' ? -number : number));
  }
  double value = 0;
  const auto [stop, code] = std::from_chars(first, at_, value);
  // Too small to be told from 0 is 0; too large is no number.
  if (code == std::errc::result_out_of_range) {
    value = std::strtod(std::string(first, at_).c_str(), nullptr);
  }
  if (!std::isfinite(value)) {
    at_ = first;
    return fail(scan_end::malformed);
  }
  return told(handler_.number(value));
}

bool scanner::hex(std::uint32_t& into) {
  into = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    if (at_ == end_) return bad();
    const char c = *at_;
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return bad();
    into = into << 4 | static_cast<std::uint32_t>(digit);
  }
  return true;
}

bool scanner::escape() {
  constexpr std::string_view names = "\"\\/bfnrt";
  constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  if (++at_ == end_) return bad();
  const char c = *at_;
  if (const std::size_t which = names.find(c); which != std::string_view::npos) {
    ++at_;
    buffer_ += meanings[which];
    return true;
  }
  if (c != 'u') return bad();
  ++at_;
  std::uint32_t code = 0;
  if (!hex(code)) return false;
  if (code >= 0xDC00 && code < 0xE000) return bad();
  if (code >= 0xD800 && code < 0xDC00) {
    std::uint32_t low = 0;
    if (!word("\\u") || !hex(low)) return false;
    if (low < 0xDC00 || low >= 0xE000) return bad();
    code = 0x10000 + ((code - 0xD800) << 10 | (low - 0xDC00));
  }
  append_utf8(buffer_, code);
  return true;
}

bool scanner::text(std::string_view& into) {
  const auto is_plain = [](char c) {
    return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
  };
  const char* first = ++at_;
  while (at_ != end_ && is_plain(*at_)) ++at_;
  if (at_ != end_ && *at_ == '"') {
    into = {first, static_cast<std::size_t>(at_ - first)};
    ++at_;
    return true;
  }
  buffer_.clear();
  for (;;) {
    buffer_.append(first, at_);
    if (at_ == end_) return bad();
    if (*at_ == '"') break;
    if (*at_ != '\\') return bad();
    if (!escape()) return false;
    first = at_;
    while (at_ != end_ && is_plain(*at_)) ++at_;
  }
  ++at_;
  into = buffer_;
  return true;
}

}  // namespace

scan_result scan_json(std::string_view text, json_handler& handler) {
  return scanner(text, handler).scan();
}

std::string line_at(std::string_view text, std::size_t place) {
  const auto before = text.substr(0, std::min(place, text.size()));
  return "line " + std::to_string(1 + std::count(before.begin(), before.end(), '\n'));
}

}  // namespace nevaperf::formats
