#include "cli/durations.hpp"

#include "core/units/parse.hpp"

namespace nevaperf::cli {

namespace {

// The longest time that makes sense, and that fits in nanoseconds.
constexpr double longest_seconds = 7.0 * 24 * 3600;

}  // namespace

base::result<std::int64_t> duration_ns(const std::string& option, const std::string& text) {
  const auto parsed = units::parse_duration(text);
  if (!parsed) return parsed.error().within(option);
  if (parsed->count() <= 0 || parsed->count() > longest_seconds) {
    return base::error{.what = "'" + text + "' is out of range",
                       .where = option,
                       .next = "more than 0, at most a week"};
  }
  return static_cast<std::int64_t>(parsed->count() * 1e9);
}

}  // namespace nevaperf::cli
