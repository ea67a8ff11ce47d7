#include "core/units/parse.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <system_error>

namespace nevaperf::units {

namespace {

struct unit_name {
  std::string_view name;
  double factor;
};

constexpr std::array duration_units = {
    unit_name{"", 1.0},     unit_name{"ns", 1e-9}, unit_name{"us", 1e-6},
    unit_name{"µs", 1e-6},  unit_name{"μs", 1e-6},  // the micro sign and the Greek letter
    unit_name{"ms", 1e-3},  unit_name{"s", 1.0},   unit_name{"m", 60.0},
    unit_name{"min", 60.0}, unit_name{"h", 3600.0}};
constexpr double kib = 1024.0;
constexpr std::array byte_units = {unit_name{"", 1.0},
                                   unit_name{"B", 1.0},
                                   unit_name{"KiB", kib},
                                   unit_name{"MiB", kib* kib},
                                   unit_name{"GiB", kib* kib* kib},
                                   unit_name{"kB", 1e3},
                                   unit_name{"KB", 1e3},
                                   unit_name{"MB", 1e6},
                                   unit_name{"GB", 1e9}};
constexpr std::array percent_units = {unit_name{"", 0.01}, unit_name{"%", 0.01}};

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

base::error refused(std::string_view text, const char* kind, const char* next) {
  constexpr std::size_t shown_bytes = 40;
  std::string shown(text.substr(0, shown_bytes));
  if (text.size() > shown_bytes) shown += "...";
  return {.what = "'" + shown + "' is not " + kind, .where = "", .next = next};
}

// The value in the base unit; nothing if the text is no such quantity.
std::optional<double> read_quantity(std::string_view text, std::span<const unit_name> units) {
  text = trimmed(text);
  if (text.empty() || (text.front() != '.' && (text.front() < '0' || text.front() > '9')))
    return {};
  double number = 0;
  const auto [rest, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc()) return {};
  const std::string_view unit = trimmed(text.substr(static_cast<std::size_t>(rest - text.data())));
  for (const unit_name& known : units) {
    if (unit != known.name) continue;
    const double value = number * known.factor;
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
  }
  return {};
}

}  // namespace

base::result<seconds> parse_duration(std::string_view text) {
  // A million years: what is larger overflows the clocks.
  constexpr double limit_s = 3e13;
  const auto value = read_quantity(text, duration_units);
  if (!value || *value > limit_s) {
    return refused(text, "a duration", "write it as 500ms, 2s, 1.5min or 1h");
  }
  return seconds(*value);
}

base::result<std::uint64_t> parse_bytes(std::string_view text) {
  constexpr double limit = 9e18;  // fits 64 bits
  const auto value = read_quantity(text, byte_units);
  if (!value || *value > limit || *value != std::floor(*value)) {
    return refused(text, "a size in whole bytes", "write it as 4096, 64KiB, 1.5GiB or 10MB");
  }
  return static_cast<std::uint64_t>(*value);
}

base::result<double> parse_percent(std::string_view text) {
  const auto value = read_quantity(text, percent_units);
  if (!value) return refused(text, "a percentage", "write it as 2% or 0.5%");
  return *value;
}

base::result<std::uint64_t> parse_count(std::string_view text, std::uint64_t low,
                                        std::uint64_t high) {
  const std::string_view digits = trimmed(text);
  std::uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [rest, code] = std::from_chars(digits.data(), end, value);
  if (code != std::errc() || rest != end || value < low || value > high) {
    const std::string range =
        "give a whole number from " + std::to_string(low) + " to " + std::to_string(high);
    return refused(text, "a number in range", range.c_str());
  }
  return value;
}

}  // namespace nevaperf::units
