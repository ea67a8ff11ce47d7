#include "core/base/clock.hpp"

#include <array>
#include <ctime>

namespace nevaperf::base {

namespace {

constexpr std::int64_t ns_per_s = 1'000'000'000;

std::int64_t read_ns(clockid_t which) {
  timespec now{};
  ::clock_gettime(which, &now);
  return static_cast<std::int64_t>(now.tv_sec) * ns_per_s + now.tv_nsec;
}

class machine_clock final : public clock {
 public:
  [[nodiscard]] std::int64_t monotonic_ns() const override { return read_ns(CLOCK_MONOTONIC); }
  [[nodiscard]] std::int64_t wall_ns() const override { return read_ns(CLOCK_REALTIME); }
};

}  // namespace

const clock& system_clock() {
  static const machine_clock instance;
  return instance;
}

std::string rfc3339(std::int64_t wall_ns) {
  std::int64_t seconds = wall_ns / ns_per_s;
  if (wall_ns % ns_per_s < 0) --seconds;
  const auto since_epoch = static_cast<std::time_t>(seconds);
  std::tm parts{};
  ::gmtime_r(&since_epoch, &parts);
  std::array<char, 64> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), length};
}

}  // namespace nevaperf::base
