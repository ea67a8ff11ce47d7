// Numbers and truth values from text and back, as Go's strconv does it: the same texts are read,
// the same texts written, and errors have the same words.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nevaperf::runtime {

// A value, or what strconv says after the name of its function: `parsing "x": invalid syntax`.
template <class T>
struct parsed {
  std::optional<T> value;
  std::string problem;
};

// Base 10, 64 bits: strconv.Atoi.
parsed<std::int64_t> parse_decimal(std::string_view text);
// strconv.ParseInt. Base 0: by prefix, with underscores between digits. Bits 0: 64.
parsed<std::int64_t> parse_integer(std::string_view text, std::int64_t base, std::int64_t bits);
// strconv.ParseFloat. Bits 32 rounds to a float of 32 bits, anything else is 64.
parsed<double> parse_float(std::string_view text, std::int64_t bits);
// strconv.ParseBool.
parsed<bool> parse_boolean(std::string_view text);

// strconv.FormatInt; 2 <= base <= 36.
std::string format_integer(std::int64_t value, std::int64_t base);
// strconv.FormatFloat. `form` is one of b e E f g G x X, anything else gives "%" and the letter. A
// negative precision means as many digits as it takes to read back the same value of that many bits
// (32 or 64).
std::string format_float(double value, char form, std::int64_t precision, int bits);

}  // namespace nevaperf::runtime
