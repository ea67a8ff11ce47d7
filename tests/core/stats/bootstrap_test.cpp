#include "core/stats/bootstrap.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "tests/support/catch.hpp"

using namespace nevaperf::stats;

namespace {

double mean(std::span<double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("the bootstrap repeats itself, and follows the confidence asked for") {
  const std::vector<double> values = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};
  const auto first = bca_interval(values, mean, {.seed = 7});
  const auto again = bca_interval(values, mean, {.seed = 7});
  const auto wide = bca_interval(values, mean, {.confidence = 0.99, .seed = 7});
  REQUIRE((first && again && wide));
  CHECK(first->estimate == Approx(52.0 / 12));
  CHECK(first->low == again->low);
  CHECK(first->high == again->high);
  CHECK(first->low < first->estimate);
  CHECK(first->high > first->estimate);
  CHECK(wide->low < first->low);
  CHECK(wide->high > first->high);
}

TEST_CASE("a skewed set has a skewed interval") {
  std::vector<double> values;
  for (int i = 0; i < 30; ++i) values.push_back(std::exp(0.1 * i));
  const auto got = bca_interval(values, mean, {});
  CHECK(got->high - got->estimate > 1.1 * (got->estimate - got->low));
}

TEST_CASE("equal samples give a point, too few or broken ones nothing") {
  const auto got = bca_interval(std::vector<double>(5, 2.0), mean, {});
  REQUIRE(got);
  CHECK(got->low == 2);
  CHECK(got->high == 2);
  CHECK_FALSE(bca_interval(std::vector<double>{1}, mean, {}));
  CHECK_FALSE(bca_interval(std::vector<double>{1, 2}, [](std::span<double>) { return NAN; }, {}));
}
