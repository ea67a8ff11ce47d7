#include "core/compare/unit_rules.hpp"

#include <algorithm>
#include <array>

#include "core/units/quantity.hpp"

namespace nevaperf::compare {

namespace {

constexpr std::array<std::string_view, 4> counts = {units::bytes_per_op, units::allocs_per_op,
                                                    "messages/op", "instructions/op"};

bool is_one_of_counts(std::string_view unit) {
  return std::find(counts.begin(), counts.end(), unit) != counts.end();
}

}  // namespace

std::optional<formats::better> better_of(std::string_view unit) {
  if (unit.ends_with("/s")) return formats::better::more;
  const bool is_time = unit == "sec" || unit.starts_with("sec/") || unit.ends_with("-sec");
  if (unit.ends_with("/op") || is_time || unit == "B" || unit.ends_with("-B")) {
    return formats::better::less;
  }
  return std::nullopt;
}

bool is_count(std::string_view unit) {
  return is_one_of_counts(unit);
}

int rank_of(std::string_view unit) {
  if (unit == units::sec_per_op) return 0;
  if (unit == units::cpu_sec_per_op) return 1;
  if (is_one_of_counts(unit)) return 2;
  return 3;
}

}  // namespace nevaperf::compare
