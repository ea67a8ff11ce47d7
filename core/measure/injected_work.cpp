#include "core/measure/injected_work.hpp"

#include <algorithm>
#include <cmath>

#include "core/units/parse.hpp"

namespace nevaperf::measure {

base::result<double> injected_share(const char* text) {
  if (text == nullptr) return 0.0;
  const auto share = units::parse_percent(text);
  if (!share) return share.error().within("NEVAPERF_INJECT");
  if (*share > 10) {
    return base::error{.what = "'" + std::string(text) + "' is too much",
                       .where = "NEVAPERF_INJECT",
                       .next = "at most 1000%"};
  }
  return *share;
}

std::uint64_t with_injection(std::uint64_t iterations, double share) {
  return static_cast<std::uint64_t>(std::llround(static_cast<double>(iterations) * (1 + share)));
}

std::uint64_t without_injection(std::uint64_t iterations, double share) {
  const double admitted = std::round(static_cast<double>(iterations) / (1 + share));
  return static_cast<std::uint64_t>(std::max(admitted, 1.0));
}

}  // namespace nevaperf::measure
