#include "core/stats/hodges_lehmann.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "tests/support/catch.hpp"

using namespace nevaperf::stats;

TEST_CASE("a difference is found by its rank without making all of them") {
  std::mt19937_64 random(3);
  std::uniform_int_distribution<int> small(-4, 4);
  for (int round = 0; round < 50; ++round) {
    std::vector<double> x(1 + random() % 9);
    std::vector<double> y(1 + random() % 9);
    for (double& value : x) value = small(random) / 3.0;
    for (double& value : y) value = small(random) / 7.0;
    std::sort(x.begin(), x.end());
    std::sort(y.begin(), y.end());
    std::vector<double> all;
    for (const double a : x) {
      for (const double b : y) all.push_back(a - b);
    }
    std::sort(all.begin(), all.end());
    for (std::size_t rank = 0; rank < all.size(); ++rank) {
      REQUIRE(ranked_difference(x, y, rank) == all[rank]);
    }
  }
}

TEST_CASE("a known factor is found, and swapping the sides inverts all") {
  const std::vector<double> before = {1.00, 1.02, 1.04, 1.06, 1.08, 1.10, 1.12};
  std::vector<double> after;
  for (const double value : before) after.push_back(2 * value);
  const auto got = hodges_lehmann_ratio(before, after, 0.95);
  REQUIRE(got);
  CHECK(got->ratio == Approx(2).epsilon(1e-12));
  CHECK(got->low < 2);
  CHECK(got->high > 2);
  CHECK(got->confidence >= 0.95);
  CHECK_FALSE(got->is_range);
  const auto back = hodges_lehmann_ratio(after, before, 0.95);
  CHECK(back->ratio == Approx(1 / got->ratio).epsilon(1e-12));
  CHECK(back->low == Approx(1 / got->high).epsilon(1e-12));
  CHECK(back->high == Approx(1 / got->low).epsilon(1e-12));
}

TEST_CASE("the interval leaves out the pairs of the published table") {
  // 7 a side at 95%: the 9th smallest to the 9th largest of 49 (critical U 8).
  const std::vector<double> before(7, 1.0);
  std::vector<double> after;
  for (int i = 1; i <= 7; ++i) after.push_back(i);
  const auto got = hodges_lehmann_ratio(before, after, 0.95);
  CHECK(got->low == Approx(2));  // ranks 8 ... 14 (from 1) are of the second value
  CHECK(got->high == Approx(6));
  CHECK(got->confidence == Approx(1 - 2 * 67.0 / 3432).epsilon(0.01));
}

TEST_CASE("too few samples for a ratio give the range and say so") {
  const auto got = hodges_lehmann_ratio({1, 2, 3}, {2, 4, 6}, 0.95);
  REQUIRE(got);
  CHECK(got->is_range);
  CHECK(got->confidence == Approx(0.9));
  CHECK(got->low == Approx(2.0 / 3));
  CHECK(got->high == Approx(6));
  CHECK(hodges_lehmann_ratio({1}, {3}, 0.95)->ratio == Approx(3));
  CHECK_FALSE(hodges_lehmann_ratio({1, 2, 3, 4}, {2, 4, 6, 8}, 0.95)->is_range);
}

TEST_CASE("what has no ratio is refused") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  CHECK_FALSE(hodges_lehmann_ratio({}, {1}, 0.95));
  CHECK_FALSE(hodges_lehmann_ratio({1}, {}, 0.95));
  CHECK_FALSE(hodges_lehmann_ratio({0, 1}, {1, 1}, 0.95));
  CHECK_FALSE(hodges_lehmann_ratio({1, 1}, {-1, 1}, 0.95));
  CHECK_FALSE(hodges_lehmann_ratio({1, infinity}, {1, 1}, 0.95));
  CHECK_FALSE(hodges_lehmann_ratio({1, std::nan("")}, {1, 1}, 0.95));
}

TEST_CASE("thousands of samples take the normal ranks") {
  std::mt19937_64 random(4);
  std::lognormal_distribution<> noise(0, 0.1);
  std::vector<double> a(3000);
  std::vector<double> b(2000);
  for (double& value : a) value = noise(random);
  for (double& value : b) value = 1.05 * noise(random);
  const auto got = hodges_lehmann_ratio(a, b, 0.95);
  CHECK(got->low < 1.05);
  CHECK(got->high > 1.05);
  CHECK(got->high - got->low < 0.02);
  CHECK(got->confidence == 0.95);
}
