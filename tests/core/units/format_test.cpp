#include "core/units/format.hpp"

#include <limits>

#include "tests/support/catch.hpp"

using namespace nevaperf::units;

namespace {
constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
}  // namespace

TEST_CASE("durations have three digits and the unit of their size") {
  CHECK(format_duration(nanoseconds(12.34)) == "12.3 ns");
  CHECK(format_duration(nanoseconds(0.25)) == "250 ps");
  CHECK(format_duration(seconds(0.0012)) == "1.20 ms");
  CHECK(format_duration(seconds(12.34e-6)) == "12.3 µs");
  CHECK(format_duration(seconds(83.1)) == "83.1 s");
  CHECK(format_duration(seconds(4321)) == "4321 s");
  CHECK(format_duration(seconds(0)) == "0 s");
  CHECK(format_duration(seconds(-0.0012)) == "-1.20 ms");
  CHECK(format_duration(seconds(1e-15)) == "0.001 ps");
}

TEST_CASE("a value that rounds up to the next unit is shown in it") {
  CHECK(format_duration(nanoseconds(999.4)) == "999 ns");
  CHECK(format_duration(nanoseconds(999.6)) == "1.00 µs");
  CHECK(format_duration(nanoseconds(9.996)) == "10.0 ns");
  CHECK(format_duration(nanoseconds(99.96)) == "100 ns");
  CHECK(format_rate(999'600) == "1.00 M/s");
}

TEST_CASE("what is not finite is not shown") {
  for (const double value : {inf, -inf, nan_value}) {
    CHECK(format_duration(seconds(value)) == "~");
    CHECK(format_elapsed(seconds(value)) == "~");
    CHECK(format_bytes(value) == "~");
    CHECK(format_count(value) == "~");
    CHECK(format_rate(value) == "~");
    CHECK(format_percent(value) == "~");
    CHECK(format_change(value) == "~");
    CHECK(format_value(value, "B/s") == "~");
  }
  CHECK(format_spread(0, -1, 1) == "~");
  CHECK(format_spread(nan_value, 0, 1) == "~");
}

TEST_CASE("elapsed times are for a progress line") {
  CHECK(format_elapsed(seconds(7.4)) == "7 s");
  CHECK(format_elapsed(seconds(59.6)) == "1 min 00 s");
  CHECK(format_elapsed(seconds(125)) == "2 min 05 s");
  CHECK(format_elapsed(seconds(3725)) == "1 h 02 min");
  CHECK(format_elapsed(seconds(-1)) == "0 s");
}

TEST_CASE("bytes count in powers of 1024") {
  CHECK(format_bytes(0) == "0 B");
  CHECK(format_bytes(512) == "512 B");
  CHECK(format_bytes(12.5) == "12.5 B");
  CHECK(format_bytes(1023) == "1023 B");
  CHECK(format_bytes(1024 * 1023.98) == "1.0 MiB");
  CHECK(format_bytes(4096) == "4.0 KiB");
  CHECK(format_bytes(1.5 * 1024 * 1024 * 1024) == "1.5 GiB");
}

TEST_CASE("counts stay whole while they are short") {
  CHECK(format_count(0) == "0");
  CHECK(format_count(42) == "42");
  CHECK(format_count(2.5) == "2.50");
  CHECK(format_count(0.004) == "0.004");
  CHECK(format_count(123.4) == "123");
  CHECK(format_count(999'999) == "999999");
  CHECK(format_count(1'200'000) == "1.20 M");
}

TEST_CASE("rates") {
  CHECK(format_rate(83.1e6) == "83.1 M/s");
  CHECK(format_rate(12) == "12.0 /s");
  CHECK(format_rate(0) == "0 /s");
}

TEST_CASE("percentages keep two digits") {
  CHECK(format_percent(0.0123) == "1.2%");
  CHECK(format_percent(0.123) == "12%");
  CHECK(format_percent(0.00012) == "0.01%");
  CHECK(format_percent(0) == "0%");
  CHECK(format_change(0.0123) == "+1.2%");
  CHECK(format_change(-0.123) == "-12%");
  CHECK(format_change(0) == "0%");
  CHECK(format_spread(100, 99, 101) == "±1.0%");
  CHECK(format_spread(5, 5, 5) == "±0%");
}

TEST_CASE("a metric is shown by the name of its unit") {
  CHECK(format_value(1.2e-8, sec_per_op) == "12.0 ns");
  CHECK(format_value(1.2e-8, cpu_sec_per_op) == "12.0 ns");
  CHECK(format_value(64, bytes_per_op) == "64 B");
  CHECK(format_value(3, allocs_per_op) == "3");
  CHECK(format_value(8.31e7, messages_per_s) == "83.1 M/s");
  CHECK(format_value(2048, "B/s") == "2.0 KiB/s");
  CHECK(format_value(7, "widgets/op") == "7");
}
