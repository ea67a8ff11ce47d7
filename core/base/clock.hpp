// The seam to time: everything that measures or waits asks a clock, so that a test can bring its
// own.
//
// Units: nanoseconds as 64-bit integers. The monotonic clock has no meaning but differences; the
// wall clock counts from 1970-01-01T00:00:00Z and may jump. Thread safety: system_clock() and its
// methods: any thread.
#pragma once

#include <cstdint>
#include <string>

namespace nevaperf::base {

class clock {
 public:
  virtual ~clock() = default;
  [[nodiscard]] virtual std::int64_t monotonic_ns() const = 0;
  [[nodiscard]] virtual std::int64_t wall_ns() const = 0;
};

// The clock of this machine (CLOCK_MONOTONIC, CLOCK_REALTIME).
[[nodiscard]] const clock& system_clock();

// A wall time as RFC 3339 in UTC, to the second: "2024-05-01T12:00:00Z".
[[nodiscard]] std::string rfc3339(std::int64_t wall_ns);

}  // namespace nevaperf::base
