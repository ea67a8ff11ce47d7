// Reading numbers.
#include <charconv>
#include <cmath>
#include <limits>

#include "runtime/message/text.hpp"
#include "runtime/nodes/go_numbers.hpp"

namespace nevaperf::runtime {

namespace {

constexpr std::string_view bad_syntax = "invalid syntax";
constexpr std::string_view out_of_range = "value out of range";

std::string problem_with(std::string_view text, std::string_view why) {
  std::string out = "parsing ";
  append_go_quoted(out, text);
  return (out += ": ") += why;
}

char lower_case(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
bool is_decimal(char c) {
  return c >= '0' && c <= '9';
}

// The value of a digit or letter, 36 if it is neither.
unsigned digit_value(char c) {
  if (is_decimal(c)) return static_cast<unsigned>(c - '0');
  const char lower = lower_case(c);
  return lower >= 'a' && lower <= 'z' ? static_cast<unsigned>(lower - 'a') + 10 : 36;
}

// "0x", "0o" or "0b" in either case: the base it stands for, 0 if there is none.
unsigned prefix_base(std::string_view text) {
  if (text.size() < 2 || text[0] != '0') return 0;
  switch (lower_case(text[1])) {
    case 'b':
      return 2;
    case 'o':
      return 8;
    case 'x':
      return 16;
    default:
      return 0;
  }
}

bool take_sign(std::string_view& text) {  // true: minus
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return false;
  const bool minus = text[0] == '-';
  text.remove_prefix(1);
  return minus;
}

// Go's rule: an underscore stands between two digits, or between a prefix and a digit. `text` has
// no sign.
bool has_good_underscores(std::string_view text) {
  const unsigned base = prefix_base(text);
  if (base != 0) text.remove_prefix(2);
  bool after_digit = base != 0;
  bool after_underscore = false;
  for (const char c : text) {
    const bool is_digit = is_decimal(c) || (base == 16 && digit_value(c) < 16);
    if (c == '_' ? !after_digit : after_underscore && !is_digit) return false;
    after_digit = is_digit;
    after_underscore = c == '_';
  }
  return !after_underscore;
}

// The digits of an integer after sign and prefix. Problems count in the order of the text: a number
// that is too large is out of range whatever follows.
struct magnitude {
  std::uint64_t value = 0;
  std::string_view why;  // empty: fine
};

magnitude read_digits(std::string_view text, unsigned base, bool underscores, unsigned bits) {
  const std::uint64_t most = bits == 64 ? UINT64_MAX : (std::uint64_t{1} << bits) - 1;
  magnitude m;
  for (const char c : text) {
    if (c == '_' && underscores) continue;
    const unsigned digit = digit_value(c);
    if (digit >= base) return {0, bad_syntax};
    std::uint64_t next = 0;
    if (__builtin_mul_overflow(m.value, std::uint64_t{base}, &next) ||
        __builtin_add_overflow(next, std::uint64_t{digit}, &next) || next > most)
      return {most, out_of_range};
    m.value = next;
  }
  return m;
}

// What a float text consists of; `text` as from_chars wants it, without sign, prefix and
// underscores.
struct float_parts {
  bool negative = false;
  bool hex = false;
  std::string text;
  std::int64_t scale = 0;  // the power of the base of the first digit that counts
  bool is_zero = true;
};

// True if all of `text` is a float. Both forms are: digits with a point somewhere, then an
// exponent, which hexadecimal numbers must have.
bool split_float(std::string_view text, float_parts& f) {
  f.negative = take_sign(text);
  const std::string_view unsigned_text = text;
  f.hex = prefix_base(text) == 16;
  if (f.hex) text.remove_prefix(2);
  bool saw_digit = false;
  bool saw_point = false;
  bool underscores = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '_') {
      underscores = true;
      continue;
    }
    if (c == '.') {
      if (saw_point) return false;
      saw_point = true;
    } else if (is_decimal(c) || (f.hex && digit_value(c) < 16)) {
      saw_digit = true;
      if (c != '0') f.is_zero = false;
      if (f.is_zero)
        f.scale -= saw_point ? 1 : 0;
      else
        f.scale += saw_point ? 0 : 1;
    } else {
      break;
    }
    f.text += c;
  }
  if (!saw_digit) return false;
  const bool has_exponent = i < text.size() && lower_case(text[i]) == (f.hex ? 'p' : 'e');
  if (!has_exponent)
    return i == text.size() && !f.hex && (!underscores || has_good_underscores(unsigned_text));
  std::string_view exponent = text.substr(i + 1);
  const bool minus = take_sign(exponent);
  if (exponent.empty() || !is_decimal(exponent[0])) return false;
  std::int64_t power = 0;
  for (const char c : exponent) {
    if (c == '_') {
      underscores = true;
      continue;
    }
    if (!is_decimal(c)) return false;
    constexpr std::int64_t far_beyond_any_float = 10000;
    if (power < far_beyond_any_float) power = power * 10 + (c - '0');
  }
  if (underscores && !has_good_underscores(unsigned_text)) return false;
  if (minus) power = -power;
  f.scale = f.scale * (f.hex ? 4 : 1) + power;
  f.text += f.hex ? 'p' : 'e';
  f.text += std::to_string(power);
  return true;
}

template <class Float>
std::optional<double> read_float(const float_parts& f) {
  Float value = 0;
  const auto form = f.hex ? std::chars_format::hex : std::chars_format::general;
  const auto end = std::from_chars(f.text.data(), f.text.data() + f.text.size(), value, form);
  // from_chars does not say which end of the range was left; too small is zero for Go, and no
  // error.
  if (end.ec == std::errc::result_out_of_range) {
    if (!f.is_zero && f.scale > 0) return std::nullopt;
    value = 0;
  }
  if (std::isinf(value)) return std::nullopt;
  return f.negative ? -value : value;
}

bool is_word(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (lower_case(text[i]) != lower[i]) return false;
  return true;
}

std::optional<double> special_float(std::string_view text) {
  if (is_word(text, "nan")) return std::numeric_limits<double>::quiet_NaN();
  const bool minus = take_sign(text);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (is_word(text, "inf") || is_word(text, "infinity")) return minus ? -infinity : infinity;
  return std::nullopt;
}

}  // namespace

parsed<std::int64_t> parse_decimal(std::string_view text) {
  return parse_integer(text, 10, 64);
}

parsed<std::int64_t> parse_integer(std::string_view text, std::int64_t base, std::int64_t bits) {
  const auto fails = [text](std::string_view why) -> parsed<std::int64_t> {
    return {std::nullopt, problem_with(text, why)};
  };
  std::string_view digits = text;
  const bool minus = take_sign(digits);
  if (digits.empty()) return fails(bad_syntax);
  const bool by_prefix = base == 0;
  if (by_prefix) {
    const unsigned prefix = digits.size() > 2 ? prefix_base(digits) : 0;
    base = prefix != 0 ? prefix : digits[0] == '0' ? 8 : 10;
    if (digits[0] == '0') digits.remove_prefix(prefix != 0 ? 2 : 1);
  } else if (base < 2 || base > 36) {
    return fails("invalid base " + std::to_string(base));
  }
  if (bits == 0) bits = 64;
  if (bits < 0 || bits > 64) return fails("invalid bit size " + std::to_string(bits));
  const magnitude m =
      read_digits(digits, static_cast<unsigned>(base), by_prefix, static_cast<unsigned>(bits));
  if (m.why == bad_syntax) return fails(m.why);
  if (by_prefix && m.why.empty() && text.find('_') != std::string_view::npos) {
    std::string_view whole = text;
    take_sign(whole);
    if (!has_good_underscores(whole)) return fails(bad_syntax);
  }
  const std::uint64_t limit = std::uint64_t{1} << (bits - 1);
  if (minus ? m.value > limit : m.value >= limit) return fails(out_of_range);
  return {static_cast<std::int64_t>(minus ? 0 - m.value : m.value), {}};
}

parsed<double> parse_float(std::string_view text, std::int64_t bits) {
  if (const auto special = special_float(text)) return {special, {}};
  float_parts f;
  if (!split_float(text, f)) return {std::nullopt, problem_with(text, bad_syntax)};
  const std::optional<double> value = bits == 32 ? read_float<float>(f) : read_float<double>(f);
  if (!value) return {std::nullopt, problem_with(text, out_of_range)};
  return {value, {}};
}

parsed<bool> parse_boolean(std::string_view text) {
  for (const std::string_view yes : {"1", "t", "T", "true", "TRUE", "True"})
    if (text == yes) return {true, {}};
  for (const std::string_view no : {"0", "f", "F", "false", "FALSE", "False"})
    if (text == no) return {false, {}};
  return {std::nullopt, problem_with(text, bad_syntax)};
}

}  // namespace nevaperf::runtime
