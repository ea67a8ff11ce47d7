#include "core/stats/sequential.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "core/stats/signed_rank_interval.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::stats;

namespace {

std::vector<double> draw(std::mt19937_64& random, std::size_t n, double centre, double spread) {
  std::normal_distribution<> normal(centre, spread);
  std::vector<double> out(n);
  for (double& one : out) one = normal(random);
  return out;
}

// The verdict after all looks of a plan of `most` pairs.
place judged(const sequential_rules& rules, const std::vector<double>& all) {
  sequential_test test(rules);
  for (const std::size_t n : plan_looks(rules, all.size())) {
    if (test.look({all.data(), n}) != place::across) break;
  }
  return test.decision();
}

}  // namespace

TEST_CASE("the first look is where the signs alone can show a change") {
  CHECK(first_look({.family = 1}) == 8);
  CHECK(first_look({.family = 10}) == 9);
  CHECK(first_look({.family = 100}) == 12);
  CHECK(first_look({.alpha = 0.01, .family = 100}) == 15);
  CHECK(first_look({.family = 0}) == 8);
}

TEST_CASE("looks go from the first to the last, at most six") {
  CHECK(plan_looks({.family = 100}, 30) == std::vector<std::size_t>{12, 17, 20, 23, 26, 30});
  CHECK(plan_looks({.family = 1}, 500).size() == most_looks);
  CHECK(plan_looks({.family = 1}, 500).back() == 500);
  CHECK(plan_looks({.family = 1}, 6) == std::vector<std::size_t>{6});
  CHECK(plan_looks({.family = 100}, 4) == std::vector<std::size_t>{4});
}

TEST_CASE("a large change is seen at the first look, in both directions") {
  const std::vector<double> slower(12, 0.1);
  sequential_test up({.family = 100});
  CHECK(up.look(slower) == place::above);
  CHECK(up.p_above() == Approx(std::ldexp(1.0, -12) / 0.49));
  CHECK(up.p_below() == 1);
  const std::vector<double> faster(12, -0.1);
  CHECK(judged({.family = 100}, faster) == place::below);
  // One pair fewer cannot show it.
  CHECK(judged({.family = 100}, std::vector<double>(11, 0.1)) == place::across);
}

TEST_CASE("the first look wants a plain change") {
  std::vector<double> scattered(12, 0.05);
  scattered.back() = 0.3;
  sequential_test test({.family = 100});
  CHECK(test.look(scattered) == place::across);
  CHECK(test.is_far_above());
  CHECK(test.look(std::vector<double>(17, 0.05)) == place::above);
}

TEST_CASE("a change within the margin is none") {
  std::mt19937_64 random(1);
  CHECK(judged({}, draw(random, 60, 0.005, 0.005)) == place::inside);
  CHECK(judged({.margin = 0.001}, draw(random, 60, 0.005, 0.005)) == place::above);
  CHECK(judged({}, std::vector<double>(60, 0.0)) == place::inside);
}

TEST_CASE("after the last look nothing changes any more") {
  sequential_test test({});
  const std::vector<double> few = {0.1, -0.1, 0.2, -0.2};
  for (std::size_t i = 0; i < most_looks; ++i) CHECK(test.look(few) == place::across);
  CHECK(test.look(std::vector<double>(50, 0.1)) == place::across);
  CHECK(test.looks() == most_looks);
}

TEST_CASE("without any pair nothing is decided") {
  sequential_test test({});
  CHECK(test.look({}) == place::across);
  CHECK(test.p_above() == 1);
  CHECK(test.p_inside() == 1);
}

TEST_CASE("looking often does not raise the error rate") {
  std::mt19937_64 random(2);
  // Identical builds: a tenth of the rate for each direction, whatever the noise.
  constexpr int tries = 3000;
  for (const double spread : {0.02, 0.2}) {
    int changed = 0;
    for (int i = 0; i < tries; ++i) {
      const place got = judged({}, draw(random, 60, 0, spread));
      changed += got == place::above || got == place::below ? 1 : 0;
    }
    CHECK(changed <= 0.015 * tries);
  }
  // The centre lies exactly on the margin: the hardest place for both claims.
  const double edge = std::log1p(0.01);
  int above = 0;
  int inside = 0;
  for (int i = 0; i < tries; ++i) {
    const place got = judged({}, draw(random, 60, edge, 0.02));
    above += got == place::above ? 1 : 0;
    inside += got == place::inside ? 1 : 0;
  }
  CHECK(above <= 0.05 * tries);
  CHECK(inside <= 0.05 * tries);
  CHECK(above >= 0.01 * tries);  // and it is not wasted
}

TEST_CASE("the centre of differences has the interval of the signed rank test") {
  // All means of two: 1 1.5 2 2 2.5 2.5 3 3 3 3.5 3.5 4 4 4.5 5.
  const auto five = interval_of_center(std::vector<double>{1, 2, 3, 4, 5}, 0.9);
  REQUIRE(five);
  CHECK(five->center == 3);
  CHECK(five->low == 1);
  CHECK(five->high == 5);
  CHECK(five->confidence == Approx(1 - 2.0 / 32));
  // The published critical sums for 5% two-sided: 0 (n = 6), 2 (7), 3 (8), 5 (9), 8 (10), 52 (20).
  const std::pair<std::size_t, std::size_t> critical[] = {{6, 0}, {7, 2},  {8, 3},
                                                          {9, 5}, {10, 8}, {20, 52}};
  for (const auto& [n, sum] : critical) {
    std::vector<double> values;
    for (std::size_t i = 0; i < n; ++i) values.push_back(std::pow(3.0, static_cast<double>(i)));
    std::vector<double> averages;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j <= i; ++j) averages.push_back((values[i] + values[j]) / 2);
    }
    std::sort(averages.begin(), averages.end());
    const auto got = interval_of_center(values, 0.95);
    INFO("n = " << n);
    CHECK(got->low == Approx(averages[sum]));
    CHECK(got->high == Approx(averages[averages.size() - 1 - sum]));
    CHECK(got->confidence >= 0.95);
    CHECK_FALSE(got->is_range);
  }
  CHECK(interval_of_center(std::vector<double>{1, 2}, 0.95)->is_range);
  CHECK_FALSE(interval_of_center({}, 0.95));
}

TEST_CASE("beyond the exact limit the interval of the centre goes on as it was") {
  std::mt19937_64 random(3);
  const std::vector<double> many = draw(random, 51, 0, 1);
  const auto exact = interval_of_center({many.data(), 50}, 0.95);
  const auto normal = interval_of_center(many, 0.95);
  CHECK(normal->low == Approx(exact->low).margin(0.05));
  CHECK(normal->high == Approx(exact->high).margin(0.05));
}
