// Writing numbers.
//
// A float is first its decimal digits (by std::to_chars: the shortest that read back, or exactly
// rounded to a precision), then laid out as the form wants it. The two binary forms come from the
// bits.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

#include "runtime/nodes/go_numbers.hpp"

namespace nevaperf::runtime {

namespace {

// No double has more digits that are not zero, so a larger precision only adds zeros.
constexpr std::int64_t most_digits = 1100;

// 0.d1 d2 d3... times ten to the power of `point`; no zeros at the end, zero has no digits.
struct decimal {
  std::string digits;
  std::int64_t point = 0;
};

// From "d.ddde+dd".
decimal from_scientific(std::string_view text) {
  const std::size_t e = text.find('e');
  decimal d;
  for (const char c : text.substr(0, e))
    if (c != '.') d.digits += c;
  d.digits.erase(d.digits.find_last_not_of('0') + 1);
  if (d.digits.empty()) return d;
  int exponent = 0;
  const std::size_t digits = e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(text.data() + digits, text.data() + text.size(), exponent);
  d.point = exponent + 1;
  return d;
}

decimal shortest_digits(double magnitude, int bits) {
  char buffer[64];
  const auto end =
      bits == 32
          ? std::to_chars(buffer, std::end(buffer), static_cast<float>(magnitude),
                          std::chars_format::scientific)
          : std::to_chars(buffer, std::end(buffer), magnitude, std::chars_format::scientific);
  return from_scientific({buffer, static_cast<std::size_t>(end.ptr - buffer)});
}

// `count` digits, at least 1.
decimal rounded_digits(double magnitude, std::int64_t count) {
  std::string buffer(most_digits + 16, '\0');
  const int places = static_cast<int>(std::min(count - 1, most_digits));
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                                 std::chars_format::scientific, places);
  return from_scientific({buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())});
}

// `places` digits after the point.
decimal rounded_places(double magnitude, std::int64_t places) {
  std::string buffer(most_digits + 320, '\0');
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                    std::chars_format::fixed, static_cast<int>(std::min(places, most_digits)));
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  const std::size_t point = std::min(text.find('.'), text.size());
  decimal d{.digits = std::string(text.substr(0, point)),
            .point = static_cast<std::int64_t>(point)};
  if (point < text.size()) d.digits += text.substr(point + 1);
  const std::size_t zeros = std::min(d.digits.find_first_not_of('0'), d.digits.size());
  d.digits.erase(0, zeros);
  d.digits.erase(d.digits.find_last_not_of('0') + 1);
  d.point = d.digits.empty() ? 0 : d.point - static_cast<std::int64_t>(zeros);
  return d;
}

// At least two digits, always a sign.
void append_exponent(std::string& out, std::int64_t exponent) {
  out += exponent < 0 ? '-' : '+';
  const std::string digits = std::to_string(std::abs(exponent));
  if (digits.size() < 2) out += '0';
  out += digits;
}

char digit_at(const decimal& d, std::int64_t place) {
  const bool is_there = place >= 0 && place < static_cast<std::int64_t>(d.digits.size());
  return is_there ? d.digits[static_cast<std::size_t>(place)] : '0';
}

void append_digits(std::string& out, const decimal& d, std::int64_t from, std::int64_t count) {
  const auto size = static_cast<std::int64_t>(d.digits.size());
  const std::int64_t worth = std::clamp<std::int64_t>(size - from, 0, count);
  for (std::int64_t i = from; i < from + worth; ++i) out += digit_at(d, i);
  out.append(static_cast<std::size_t>(count - worth), '0');
}

void append_with_exponent(std::string& out, const decimal& d, std::int64_t places, char letter) {
  out += digit_at(d, 0);
  if (places > 0) {
    out += '.';
    append_digits(out, d, 1, places);
  }
  out += letter;
  append_exponent(out, d.digits.empty() ? 0 : d.point - 1);
}

void append_plain(std::string& out, const decimal& d, std::int64_t places) {
  if (d.point > 0)
    append_digits(out, d, 0, d.point);
  else
    out += '0';
  if (places <= 0) return;
  out += '.';
  const std::int64_t zeros = std::clamp<std::int64_t>(-d.point, 0, places);
  out.append(static_cast<std::size_t>(zeros), '0');
  append_digits(out, d, std::max<std::int64_t>(d.point, 0), places - zeros);
}

// Plain if the exponent is small, else with an exponent; no zeros at the end.
void append_general(std::string& out, const decimal& d, std::int64_t precision, bool shortest,
                    char letter) {
  const auto size = static_cast<std::int64_t>(d.digits.size());
  std::int64_t first_with_exponent = precision;
  if (precision > size && size >= d.point) first_with_exponent = size;
  if (shortest) first_with_exponent = 6;
  const std::int64_t exponent = d.point - 1;
  if (exponent < -4 || exponent >= first_with_exponent)
    append_with_exponent(out, d, std::min(precision, size) - 1, letter);
  else
    append_plain(out, d, std::max<std::int64_t>(size - d.point, 0));
}

// The value as `significand` times two to the power of `exponent`.
struct binary {
  std::uint64_t significand;
  int exponent;
};

binary from_bits(double magnitude, int bits) {
  const int fraction_bits = bits == 32 ? 23 : 52;
  const int bias = bits == 32 ? 127 : 1023;
  const std::uint64_t raw = bits == 32 ? std::bit_cast<std::uint32_t>(static_cast<float>(magnitude))
                                       : std::bit_cast<std::uint64_t>(magnitude);
  const std::uint64_t hidden = std::uint64_t{1} << fraction_bits;
  const int stored = static_cast<int>(raw >> fraction_bits);
  if (stored == 0) return {raw, 1 - bias - fraction_bits};
  return {(raw & (hidden - 1)) | hidden, stored - bias - fraction_bits};
}

void append_binary_exponent(std::string& out, binary b) {
  out += std::to_string(b.significand) + 'p' + (b.exponent < 0 ? "" : "+") +
         std::to_string(b.exponent);
}

// 0x1.hhhp+dd: one binary digit, then hexadecimal ones.
void append_hexadecimal(std::string& out, binary b, std::int64_t places, char letter) {
  constexpr int fraction_bits = 60;  // after normalising
  constexpr std::uint64_t one = std::uint64_t{1} << fraction_bits;
  std::uint64_t m = b.significand;
  std::int64_t exponent = 0;
  if (m != 0) {
    const int shift = fraction_bits + 1 - static_cast<int>(std::bit_width(m));
    m <<= shift;
    exponent = b.exponent - shift + fraction_bits;
  }
  if (places >= 0 && places < fraction_bits / 4) {
    const std::uint64_t unit = one >> (4 * places);
    const std::uint64_t rest = m & (unit - 1);
    m -= rest;
    if (rest > unit / 2 || (rest == unit / 2 && (m & unit) != 0)) m += unit;  // halves to even
    if (m >= 2 * one) {
      m >>= 1;
      ++exponent;
    }
  }
  const bool upper = letter == 'X';
  const std::string_view digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  (out += '0') += letter;
  out += m >= one ? '1' : '0';
  std::uint64_t fraction = m & (one - 1);
  if (places < 0 ? fraction != 0 : places > 0) out += '.';
  for (std::int64_t i = 0; places < 0 ? fraction != 0 : i < std::min<std::int64_t>(places, 15);
       ++i) {
    out += digits[fraction >> (fraction_bits - 4)];
    fraction = fraction << 4 & (one - 1);
  }
  if (places > 15) out.append(static_cast<std::size_t>(places - 15), '0');
  out += upper ? 'P' : 'p';
  append_exponent(out, exponent);
}

}  // namespace

std::string format_integer(std::int64_t value, std::int64_t base) {
  char buffer[72];
  const auto end = std::to_chars(buffer, std::end(buffer), value, static_cast<int>(base));
  return {buffer, end.ptr};
}

std::string format_float(double value, char form, std::int64_t precision, int bits) {
  if (bits == 32) value = static_cast<float>(value);
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  const double magnitude = std::abs(value);
  std::string out = std::signbit(value) ? "-" : "";
  const bool shortest = precision < 0;
  switch (form) {
    case 'b':
      append_binary_exponent(out, from_bits(magnitude, bits));
      return out;
    case 'x':
    case 'X':
      append_hexadecimal(out, from_bits(magnitude, bits), precision, form);
      return out;
    case 'e':
    case 'E': {
      const decimal d = shortest ? shortest_digits(magnitude, bits)
                                 : rounded_digits(magnitude, std::min(precision, most_digits) + 1);
      append_with_exponent(
          out, d, shortest ? static_cast<std::int64_t>(d.digits.size()) - 1 : precision, form);
      return out;
    }
    case 'f': {
      const decimal d =
          shortest ? shortest_digits(magnitude, bits) : rounded_places(magnitude, precision);
      append_plain(out, d,
                   shortest ? static_cast<std::int64_t>(d.digits.size()) - d.point : precision);
      return out;
    }
    case 'g':
    case 'G': {
      if (precision == 0) precision = 1;
      const decimal d =
          shortest ? shortest_digits(magnitude, bits) : rounded_digits(magnitude, precision);
      if (shortest) precision = static_cast<std::int64_t>(d.digits.size());
      append_general(out, d, precision, shortest, form == 'g' ? 'e' : 'E');
      return out;
    }
    default:
      return {'%', form};
  }
}

}  // namespace nevaperf::runtime
