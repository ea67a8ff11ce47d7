#include "core/base/clock.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"

using namespace nevaperf;

TEST_CASE("the machine's monotonic clock does not go back") {
  const std::int64_t before = base::system_clock().monotonic_ns();
  CHECK(base::system_clock().monotonic_ns() >= before);
}

TEST_CASE("the manual clock ticks only by hand") {
  tests::manual_clock clock;
  CHECK(clock.monotonic_ns() == 0);
  clock.advance_ns(1'500'000'000);
  CHECK(clock.monotonic_ns() == 1'500'000'000);
  CHECK(base::rfc3339(clock.wall_ns()) == "2023-11-14T22:13:21Z");
}

TEST_CASE("wall times are shown as RFC 3339 in UTC") {
  CHECK(base::rfc3339(0) == "1970-01-01T00:00:00Z");
  CHECK(base::rfc3339(951'782'400'000'000'000) == "2000-02-29T00:00:00Z");
  CHECK(base::rfc3339(-1) == "1969-12-31T23:59:59Z");
}
