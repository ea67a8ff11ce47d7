#include "core/units/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace nevaperf::units {

namespace {

struct scale {
  double factor;
  const char* name;
};

constexpr std::array duration_scales = {scale{1e-12, "ps"}, scale{1e-9, "ns"}, scale{1e-6, "µs"},
                                        scale{1e-3, "ms"}, scale{1.0, "s"}};
constexpr std::array rate_scales = {scale{1.0, "/s"}, scale{1e3, "k/s"}, scale{1e6, "M/s"},
                                    scale{1e9, "G/s"}, scale{1e12, "T/s"}};
constexpr std::array count_scales = {scale{1e6, "M"}, scale{1e9, "G"}, scale{1e12, "T"}};
constexpr std::array byte_scales = {scale{1.0, "B"}, scale{1024.0, "KiB"},
                                    scale{1024.0 * 1024, "MiB"}, scale{1024.0 * 1024 * 1024, "GiB"},
                                    scale{1024.0 * 1024 * 1024 * 1024, "TiB"}};

// Three significant digits without an exponent; what is larger keeps its whole part.
std::string three_digits(double value) {
  const double size = std::fabs(value);
  if (size == 0) return "0";
  if (size >= 99.95) return fmt::format("{:.0f}", value);
  if (size >= 9.995) return fmt::format("{:.1f}", value);
  if (size >= 0.9995) return fmt::format("{:.2f}", value);
  if (size >= 0.09995) return fmt::format("{:.3f}", value);
  return fmt::format("{:.2g}", value);
}

// The largest unit in which the value is at least 1; "999.6 ns" already rounds to a thousand and
// goes up.
const scale& pick(double value, std::span<const scale> scales, double rounds_up) {
  const double size = std::fabs(value);
  for (auto at = scales.rbegin(); at != scales.rend(); ++at) {
    if (size >= at->factor * rounds_up) return *at;
  }
  return scales.front();
}

std::string scaled(double value, std::span<const scale> scales) {
  const scale& unit = pick(value, scales, 0.9995);
  return three_digits(value / unit.factor) + " " + unit.name;
}

}  // namespace

std::string format_duration(seconds value) {
  const double count = value.count();
  if (!std::isfinite(count)) return not_shown;
  if (count == 0) return "0 s";
  return scaled(count, duration_scales);
}

std::string format_elapsed(seconds value) {
  if (!std::isfinite(value.count()) || value.count() > 1e15) return not_shown;
  const auto whole = static_cast<long long>(std::llround(std::max(value.count(), 0.0)));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

std::string format_bytes(double bytes) {
  if (!std::isfinite(bytes)) return not_shown;
  const scale& unit = pick(bytes, byte_scales, 0.99996);
  const double value = bytes / unit.factor;
  // Whole bytes have no fraction; an average of them may.
  const bool whole = unit.factor == 1.0 && value == std::floor(value);
  return fmt::format("{:.{}f} {}", value, whole ? 0 : 1, unit.name);
}

std::string format_count(double count) {
  if (!std::isfinite(count)) return not_shown;
  const double size = std::fabs(count);
  if (size >= 999'999.5) return scaled(count, count_scales);
  if (count == std::floor(count) || size >= 99.95) return fmt::format("{:.0f}", count);
  return three_digits(count);
}

std::string format_rate(double per_second) {
  if (!std::isfinite(per_second)) return not_shown;
  return scaled(per_second, rate_scales);
}

std::string format_percent(double fraction) {
  const double percent = fraction * 100;
  if (!std::isfinite(percent)) return not_shown;
  const double size = std::fabs(percent);
  if (size == 0) return "0%";
  if (size >= 9.95) return fmt::format("{:.0f}%", percent);
  if (size >= 0.0995) return fmt::format("{:.1f}%", percent);
  return fmt::format("{:.1g}%", percent);
}

std::string format_change(double fraction) {
  return (std::isfinite(fraction) && fraction > 0 ? "+" : "") + format_percent(fraction);
}

std::string format_spread(double middle, double low, double high) {
  if (high == low) return "±0%";
  if (middle == 0) return not_shown;
  const double half = std::fabs((high - low) / 2 / middle);
  return std::isfinite(half) ? "±" + format_percent(half) : not_shown;
}

std::string format_value(double value, std::string_view unit) {
  if (unit.ends_with("sec/op") || unit == "sec") return format_duration(seconds(value));
  if (unit == bytes_per_op || unit == "B" || unit.ends_with("-B")) return format_bytes(value);
  if (unit == "B/s") return std::isfinite(value) ? format_bytes(value) + "/s" : not_shown;
  if (unit.ends_with("/s")) return format_rate(value);
  return format_count(value);
}

}  // namespace nevaperf::units
