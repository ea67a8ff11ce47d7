#include "core/stats/summary.hpp"

#include <limits>

#include "tests/support/catch.hpp"

using namespace nevaperf::stats;

TEST_CASE("a summary takes values in any order") {
  const auto got = summarize({5, 1, 4, 2, 3, 6}, 0.95);
  REQUIRE(got);
  CHECK(got->n == 6);
  CHECK(got->smallest == 1);
  CHECK(got->lower_quartile == 2.25);
  CHECK(got->median == 3.5);
  CHECK(got->upper_quartile == 4.75);
  CHECK(got->largest == 6);
  CHECK(got->mean == Approx(3.5));
  CHECK(got->interval.low == 1);
  CHECK(got->interval.high == 6);
}

TEST_CASE("nothing comes of nothing, nor of values that are no numbers") {
  CHECK_FALSE(summarize({}, 0.95));
  CHECK_FALSE(summarize({1, std::numeric_limits<double>::quiet_NaN()}, 0.95));
  CHECK_FALSE(summarize({1, std::numeric_limits<double>::infinity()}, 0.95));
  CHECK(summarize({1e308, 1e308, 1e308}, 0.95)->mean == Approx(1e308));
}
