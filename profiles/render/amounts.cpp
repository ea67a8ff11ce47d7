#include "profiles/render/amounts.hpp"

#include <array>

#include "core/units/format.hpp"

namespace nevaperf::profiles {

std::string amount_text(double value, const std::string& unit) {
  struct time_unit {
    const char* name;
    double seconds;
  };
  constexpr std::array times = {time_unit{"nanoseconds", 1e-9}, time_unit{"microseconds", 1e-6},
                                time_unit{"milliseconds", 1e-3}, time_unit{"seconds", 1.0}};
  for (const time_unit& t : times)
    if (unit == t.name) return units::format_duration(units::seconds(value * t.seconds));
  if (unit == "bytes") return units::format_bytes(value);
  const std::string count = units::format_count(value);
  return unit == "count" || unit.empty() ? count : count + " " + unit;
}

std::string amount_text(std::int64_t value, const std::string& unit) {
  return amount_text(static_cast<double>(value), unit);
}

std::string share_text(std::int64_t value, std::int64_t total) {
  if (total == 0) return units::not_shown;
  return units::format_percent(static_cast<double>(value) / static_cast<double>(total));
}

}  // namespace nevaperf::profiles
