#include "core/stats/clusters.hpp"

#include <cmath>
#include <functional>
#include <random>

#include "tests/support/catch.hpp"

using namespace nevaperf::stats;

namespace {

using generator = std::mt19937_64;

double share_found(std::size_t n, int tries, const std::function<double(generator&)>& draw) {
  generator random(n);
  int hits = 0;
  std::vector<double> values(n);
  for (int i = 0; i < tries; ++i) {
    for (double& value : values) value = draw(random);
    hits += find_two_groups(values) ? 1 : 0;
  }
  return static_cast<double>(hits) / tries;
}

double normal(generator& random) {
  return std::normal_distribution<>()(random);
}

constexpr std::size_t sizes[] = {6, 7, 9, 13, 17, 25, 40, 60, 100};

}  // namespace

TEST_CASE("one group is seldom taken for two, whatever its shape") {
  for (const std::size_t n : sizes) {
    const int tries = n > 30 ? 2000 : 6000;
    INFO("n = " << n);
    CHECK(share_found(n, tries,
                      [](generator& g) { return std::uniform_real_distribution<>()(g); }) <= 0.01);
    CHECK(share_found(n, tries, normal) <= 0.008);
    CHECK(share_found(n, tries,
                      [](generator& g) { return std::exponential_distribution<>()(g); }) <= 0.01);
    CHECK(share_found(n, tries, [](generator& g) { return std::student_t_distribution<>(3)(g); }) <=
          0.008);
  }
}

TEST_CASE("two groups are found, also in the proportion 1 to 3") {
  const auto mixture = [](unsigned of, double apart) {
    return [=](generator& g) { return (g() % of == 0 ? apart : 0) + normal(g); };
  };
  CHECK(share_found(12, 1000, mixture(2, 20)) >= 0.9);
  CHECK(share_found(20, 1000, mixture(4, 12)) >= 0.85);
  CHECK(share_found(50, 1000, mixture(2, 7)) >= 0.95);
}

TEST_CASE("what the groups are") {
  const auto got = find_two_groups({10.1, 1, 1.1, 10, 1.2, 0.9, 9.9, 1.0});
  REQUIRE(got);
  CHECK(got->low_count == 5);
  CHECK(got->high_count == 3);
  CHECK(got->low_mean == Approx(1.04));
  CHECK(got->high_mean == Approx(10));
}

TEST_CASE("outliers are no group; few or equal values have none") {
  CHECK_FALSE(find_two_groups({1, 1.1, 0.9, 1, 1.05, 0.95, 1, 50}));
  CHECK_FALSE(find_two_groups({1, 1, 1, 9, 9}));
  CHECK_FALSE(find_two_groups(std::vector<double>(20, 3.0)));
}
