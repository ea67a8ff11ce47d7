#include "core/stats/order_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>

#include "tests/support/catch.hpp"

using namespace nevaperf::stats;

namespace {

std::vector<double> one_to(std::size_t n) {
  std::vector<double> values(n);
  std::iota(values.begin(), values.end(), 1.0);
  return values;
}

}  // namespace

TEST_CASE("quantiles lie between the order statistics") {
  const std::vector<double> values = {1, 2, 3, 4};
  CHECK(*median(values) == 2.5);
  CHECK(*quantile(values, 0) == 1);
  CHECK(*quantile(values, 1) == 4);
  CHECK(*quantile(values, 0.25) == 1.75);  // R: quantile(1:4, .25)
  CHECK(*quantile(values, 0.9) == Approx(3.7));
  CHECK(*median(std::vector<double>{7}) == 7);
  CHECK_FALSE(median({}));
}

TEST_CASE("the ranks are those of the published sign test table") {
  // Two-sided critical values of the sign test at .05, as statistics books print them; the rank is
  // one more.
  struct row {
    std::size_t n;
    std::size_t critical;
  };
  for (const row& known :
       {row{6, 0},   row{7, 0},   row{8, 0},   row{9, 1},   row{10, 1},  row{11, 1}, row{12, 2},
        row{13, 2},  row{14, 2},  row{15, 3},  row{16, 3},  row{17, 4},  row{18, 4}, row{19, 4},
        row{20, 5},  row{21, 5},  row{22, 5},  row{23, 6},  row{24, 6},  row{25, 7}, row{30, 9},
        row{35, 11}, row{40, 13}, row{45, 15}, row{50, 17}, row{100, 39}}) {
    const auto values = one_to(known.n);
    const auto interval = interval_of_median(values, 0.95);
    REQUIRE(interval);
    INFO("n = " << known.n);
    CHECK(interval->low_rank == known.critical + 1);
    CHECK(interval->high_rank == known.n - known.critical);
    CHECK(interval->low == static_cast<double>(interval->low_rank));
    CHECK(interval->high == static_cast<double>(interval->high_rank));
    CHECK(interval->confidence >= 0.95);
    CHECK_FALSE(interval->is_range);
  }
}

TEST_CASE("the confidence reached is exact") {
  const auto reached = [](std::size_t n) {
    return interval_of_median(one_to(n), 0.95)->confidence;
  };
  CHECK(reached(6) == Approx(1 - 2.0 / 64).epsilon(1e-12));
  CHECK(reached(10) == Approx(1 - 2.0 * (1 + 10) / 1024).epsilon(1e-12));
  CHECK(reached(20) ==
        Approx(1 - 2.0 * (1 + 20 + 190 + 1140 + 4845 + 15504) / 1048576).epsilon(1e-12));
}

TEST_CASE("too few samples give the range and say so") {
  for (std::size_t n = 1; n <= 5; ++n) {
    const auto values = one_to(n);
    const auto interval = interval_of_median(values, 0.95);
    REQUIRE(interval);
    CHECK(interval->is_range);
    CHECK(interval->low == 1);
    CHECK(interval->high == static_cast<double>(n));
    CHECK(interval->confidence ==
          Approx(1 - std::pow(2.0, 1.0 - static_cast<double>(n))).margin(1e-12));
  }
  CHECK_FALSE(interval_of_median({}, 0.95));
  CHECK(samples_needed(0.95) == 6);
  CHECK(samples_needed(0.99) == 8);
  CHECK(samples_needed(0.5) == 2);
  for (const double confidence : {0.5, 0.75, 0.9, 0.95, 0.99, 0.999}) {
    const std::size_t n = samples_needed(confidence);
    CHECK_FALSE(interval_of_median(one_to(n), confidence)->is_range);
    CHECK(interval_of_median(one_to(n - 1), confidence)->is_range);
  }
}

TEST_CASE("a hundred thousand samples are no problem") {
  const auto values = one_to(100'000);
  const auto interval = interval_of_median(values, 0.95);
  // Normal approximation: n/2 -+ 1.96 sqrt(n)/2
  CHECK(interval->low == Approx(50'000 - 309.9).margin(2));
  CHECK(interval->confidence == Approx(0.95).margin(0.001));
}

TEST_CASE("the interval covers the true median as often as it says, whatever the distribution") {
  using generator = std::mt19937_64;
  struct source {
    const char* name;
    std::function<double(generator&)> draw;
    double true_median;
  };
  const std::vector<source> sources = {
      {"log-normal", [](generator& g) { return std::lognormal_distribution<>(0, 0.5)(g); }, 1.0},
      {"heavy-tailed", [](generator& g) { return std::cauchy_distribution<>(3, 1)(g); }, 3.0},
      {"two modes",
       [](generator& g) { return std::normal_distribution<>(g() % 2 == 0 ? -5 : 5, 6)(g); }, 0.0},
  };
  constexpr int tries = 6'000;
  generator random(20240501);
  for (const source& from : sources) {
    for (const std::size_t n : {4U, 6U, 7U, 12U, 25U, 50U}) {
      int covered = 0;
      double promised = 0;
      std::vector<double> values(n);
      for (int i = 0; i < tries; ++i) {
        for (double& value : values) value = from.draw(random);
        std::sort(values.begin(), values.end());
        const auto interval = interval_of_median(values, 0.95);
        promised = interval->confidence;
        if (interval->low <= from.true_median && from.true_median <= interval->high) ++covered;
      }
      INFO(from.name << ", n = " << n);
      const double error = std::sqrt(promised * (1 - promised) / tries);
      CHECK(static_cast<double>(covered) / tries == Approx(promised).margin(4 * error));
    }
  }
}
