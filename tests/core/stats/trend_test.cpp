#include "core/stats/trend.hpp"

#include <cmath>
#include <random>

#include "tests/support/catch.hpp"

using namespace nevaperf::stats;
using all_series = std::vector<std::vector<double>>;

TEST_CASE("one rising series: Kendall's sum, its variance and the slope") {
  // S = 10, variance = 5 * 4 * 15 / 18: z = 9 / sqrt(16.67) = 2.2045
  const auto got = common_trend(all_series{{1, 2, 3, 4, 5}});
  REQUIRE(got);
  CHECK(got->p == Approx(0.02749).epsilon(1e-3));
  CHECK(got->slope == 1);
}

TEST_CASE("ties lower the variance") {
  // S = 5, variance = (4 * 3 * 13 - 2 * 1 * 9) / 18 = 7.667: z = 4 / 2.7689 = 1.4446
  CHECK(common_trend(all_series{{1, 2, 2, 3}})->p == Approx(0.14857).epsilon(1e-3));
  CHECK(common_trend(all_series{{2, 2, 2}})->p == 1);
}

TEST_CASE("series may differ in level") {
  const auto got = common_trend(all_series{{100, 99, 98, 97}, {1, 0.5, 0, -0.5}, {7}});
  CHECK(got->p < 0.01);
  CHECK(got->slope == Approx(-0.75).margin(0.3));
}

TEST_CASE("series without a pair of values") {
  CHECK_FALSE(common_trend({}));
  CHECK_FALSE(common_trend(all_series{{}, {1}}));
}

TEST_CASE("without a trend p is below a level as seldom as it says, also under autocorrelation") {
  std::mt19937_64 random(11);
  std::normal_distribution<> normal;
  constexpr int tries = 4000;
  const auto rate_at = [&](double level, double resemblance) {
    int hits = 0;
    for (int i = 0; i < tries; ++i) {
      all_series processes(20, std::vector<double>(8));
      for (auto& slices : processes) {
        double state = normal(random);
        for (double& value : slices) {
          value = state;
          state = resemblance * state + std::sqrt(1 - resemblance * resemblance) * normal(random);
        }
      }
      hits += common_trend(processes)->p < level ? 1 : 0;
    }
    return static_cast<double>(hits) / tries;
  };
  CHECK(rate_at(0.05, 0) == Approx(0.05).margin(0.012));
  CHECK(rate_at(0.001, 0) <= 0.003);
  CHECK(rate_at(0.001, 0.5) <= 0.03);
}
