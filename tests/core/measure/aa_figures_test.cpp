#include "core/measure/aa_figures.hpp"

#include <random>
#include <vector>

#include "tests/support/catch.hpp"

using namespace nevaperf;
using measure::judge_identical;

namespace {

std::vector<double> pairs(std::size_t count, double spread, double bias = 0) {
  std::mt19937_64 random(3);
  std::normal_distribution<> normal(bias, spread);
  std::vector<double> out(count);
  for (double& one : out) one = normal(random);
  return out;
}

const measure::aa_question question{.seconds_per_pair = 0.5,
                                    .budgets_seconds = {20},
                                    .rules = {.alpha = 0.05, .family = 1, .margin = 0.01},
                                    .comparisons = 300};

}  // namespace

TEST_CASE("pairs without bias raise few false alarms; their spread decides the resolution") {
  const auto quiet = judge_identical(pairs(200, 0.01), question);
  REQUIRE(quiet);
  CHECK(quiet->pairs == 200);
  CHECK(quiet->comparisons.at(0).pairs == 40);
  CHECK(quiet->spread == Approx(0.01).epsilon(0.2));
  CHECK(quiet->center.low <= 0);
  CHECK(quiet->center.high >= 0);
  CHECK(quiet->comparisons.at(0).false_alarms <= 0.01);
  REQUIRE(quiet->comparisons.at(0).resolution);
  CHECK(*quiet->comparisons.at(0).resolution > 0.01);
  CHECK(*quiet->comparisons.at(0).resolution < 0.025);
  const auto loud = judge_identical(pairs(200, 0.08), question);
  REQUIRE(loud->comparisons.at(0).resolution);
  CHECK(*loud->comparisons.at(0).resolution > 2 * *quiet->comparisons.at(0).resolution);
}

TEST_CASE("a machine that favours one side raises false alarms") {
  const auto got = judge_identical(pairs(200, 0.01, 0.03), question);
  REQUIRE(got);
  CHECK(got->center.low > 0);
  CHECK(got->comparisons.at(0).false_alarms > 0.9);
}

TEST_CASE("too few pairs, and a budget that holds no comparison") {
  CHECK_FALSE(judge_identical(pairs(measure::least_aa_pairs - 1, 0.01), question));
  measure::aa_question hurried = question;
  hurried.budgets_seconds = {1};
  const auto got = judge_identical(pairs(50, 0.01), hurried);
  REQUIRE(got);
  CHECK(got->comparisons.at(0).false_alarms == 0);
  CHECK_FALSE(got->comparisons.at(0).resolution);
}

TEST_CASE("pairs that are all alike see every change beyond the margin") {
  const auto got = judge_identical(std::vector<double>(30, 0.0), question);
  REQUIRE(got);
  REQUIRE(got->comparisons.at(0).resolution);
  CHECK(*got->comparisons.at(0).resolution < 0.02);
}
