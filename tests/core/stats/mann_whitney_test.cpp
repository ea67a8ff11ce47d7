#include "core/stats/mann_whitney.hpp"

#include <numeric>
#include <random>

#include "tests/support/catch.hpp"

using namespace nevaperf::stats;

namespace {

double tail(std::size_t n, std::size_t u, double all) {
  const auto counts = mann_whitney_counts(n, n, u);
  return 2 * std::accumulate(counts.begin(), counts.end(), 0.0) / all;
}

double binomial(std::size_t n, std::size_t k) {
  double out = 1;
  for (std::size_t i = 1; i <= k; ++i)
    out *= static_cast<double>(n - k + i) / static_cast<double>(i);
  return out;
}

}  // namespace

TEST_CASE("the critical values are those of the published table") {
  // Two-sided at .05, n a side, as statistics books print them: the largest U that is significant.
  struct row {
    std::size_t n;
    std::size_t critical;
  };
  for (const row& known : {row{4, 0}, row{5, 2}, row{6, 5}, row{7, 8}, row{8, 13}, row{9, 17},
                           row{10, 23}, row{12, 37}, row{15, 64}, row{20, 127}}) {
    INFO("n = " << known.n);
    const double all = binomial(2 * known.n, known.n);
    CHECK(tail(known.n, known.critical, all) <= 0.05);
    CHECK(tail(known.n, known.critical + 1, all) > 0.05);
  }
}

TEST_CASE("all ways are counted, and counted symmetrically") {
  for (const auto& [a, b] : {std::pair<std::size_t, std::size_t>{1, 1}, {3, 5}, {10, 10}, {7, 2}}) {
    const auto counts = mann_whitney_counts(a, b, a * b);
    CHECK(std::accumulate(counts.begin(), counts.end(), 0.0) ==
          Approx(binomial(a + b, a)).epsilon(1e-12));
    CHECK(std::equal(counts.begin(), counts.end(), counts.rbegin()));
  }
}

TEST_CASE("the sides can be swapped, and equal samples show nothing") {
  const std::vector<double> a = {1, 2, 2, 5, 9};
  const std::vector<double> b = {2, 3, 7, 7};
  const auto there = mann_whitney(a, b);
  const auto back = mann_whitney(b, a);
  CHECK(there->p == Approx(back->p).epsilon(1e-14));
  CHECK(there->u + back->u == 20);
  CHECK(mann_whitney(std::vector<double>(10, 4.0), std::vector<double>(10, 4.0))->p == 1);
  CHECK(mann_whitney(std::vector<double>(100, 4.0), std::vector<double>(90, 4.0))->p == 1);
  CHECK_FALSE(mann_whitney(a, {}));
  CHECK_FALSE(mann_whitney({}, b));
}

TEST_CASE("the smallest p-value says how many samples a family of tests needs") {
  CHECK(smallest_mann_whitney_p(3, 3) == Approx(0.1));
  CHECK(smallest_mann_whitney_p(6, 6) == Approx(2.0 / 924));
  CHECK(10 * smallest_mann_whitney_p(5, 5) > 0.05);
  CHECK(10 * smallest_mann_whitney_p(6, 6) < 0.05);
  CHECK(100 * smallest_mann_whitney_p(7, 7) > 0.05);
  CHECK(100 * smallest_mann_whitney_p(8, 8) < 0.05);
  CHECK(
      mann_whitney(std::vector<double>{1, 2, 3, 4, 5, 6}, std::vector<double>{7, 8, 9, 10, 11, 12})
          ->p == Approx(2.0 / 924).epsilon(1e-12));
}

TEST_CASE("exact and normal agree where one takes over from the other") {
  std::mt19937_64 random(1);
  std::normal_distribution<> noise(0, 1);
  std::vector<double> a(50);
  std::vector<double> b(50);
  for (double& value : a) value = noise(random);
  for (double& value : b) value = noise(random) + 0.4;
  const auto exact = mann_whitney(a, b);
  a.push_back(0.2);
  const auto normal = mann_whitney(a, b);
  CHECK(exact->is_exact);
  CHECK_FALSE(normal->is_exact);
  CHECK(exact->p == Approx(normal->p).epsilon(0.5));
}
