#include "core/stats/autocorrelation.hpp"

#include <cmath>
#include <random>
#include <vector>

#include "tests/support/catch.hpp"

using namespace nevaperf::stats;

namespace {

double share_found(std::size_t n, double resemblance, double level, int tries) {
  std::mt19937_64 random(n);
  std::normal_distribution<> normal;
  int hits = 0;
  for (int i = 0; i < tries; ++i) {
    std::vector<double> series(n);
    double state = normal(random);
    for (double& value : series) {
      value = std::exp(state);  // only the order matters
      state = resemblance * state + std::sqrt(1 - resemblance * resemblance) * normal(random);
    }
    hits += rank_autocorrelation(series)->p < level ? 1 : 0;
  }
  return static_cast<double>(hits) / tries;
}

}  // namespace

TEST_CASE("a rising series and one that alternates") {
  const std::vector<double> rising = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  const auto up = rank_autocorrelation(rising);
  REQUIRE(up);
  CHECK(up->ratio == Approx(9 / 82.5));  // nine steps of one rank
  CHECK(up->p < 0.001);
  const std::vector<double> jumping = {1, 10, 2, 9, 3, 8, 4, 7, 5, 6};
  CHECK(rank_autocorrelation(jumping)->p > 0.99);
}

TEST_CASE("series that tell nothing") {
  CHECK_FALSE(rank_autocorrelation(std::vector<double>{1, 2, 3}));
  CHECK_FALSE(rank_autocorrelation(std::vector<double>(20, 1.0)));
}

TEST_CASE("chance passes a level as seldom as it says; dependence is found") {
  for (const std::size_t n : {10U, 20U, 60U}) {
    INFO("n = " << n);
    CHECK(share_found(n, 0, 0.05, 4000) == Approx(0.05).margin(0.015));
    CHECK(share_found(n, 0, 0.001, 4000) <= 0.003);
  }
  CHECK(share_found(60, 0.7, 0.001, 500) >= 0.9);
}
