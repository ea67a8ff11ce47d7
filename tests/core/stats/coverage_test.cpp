// Simulations with fixed seeds: how often intervals hold what they say and tests cry wolf. The
// figures are printed by: nevaperf_test_stats "[figures]"
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <random>
#include <vector>

#include "core/stats/bootstrap.hpp"
#include "core/stats/hodges_lehmann.hpp"
#include "core/stats/mann_whitney.hpp"
#include "core/stats/multiplicity.hpp"
#include "core/stats/order_statistics.hpp"
#include "core/stats/wilcoxon.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::stats;

namespace {

using generator = std::mt19937_64;

// Positive times with the true median 1.
struct source {
  const char* name;
  std::function<double(generator&)> draw;
};

double normal(generator& random) {
  return std::normal_distribution<>(0, 1)(random);
}

const std::vector<source>& sources() {
  static const std::vector<source> all = {
      {"log-normal", [](generator& g) { return std::exp(0.05 * normal(g)); }},
      {"heavy-tailed",
       [](generator& g) { return std::exp(0.02 * std::student_t_distribution<>(2)(g)); }},
      {"two modes 1:1",
       [](generator& g) { return std::exp((g() % 2 == 0 ? 0.1 : -0.1) + 0.03 * normal(g)); }},
      {"slow tail",
       [](generator& g) {
         return std::exp(0.05 * (std::exponential_distribution<>(1)(g) - std::log(2.0)));
       }},
  };
  return all;
}

std::vector<double> draw(const source& from, std::size_t n, generator& random) {
  std::vector<double> values(n);
  for (double& value : values) value = from.draw(random);
  return values;
}

template <class Trial>
double share(int tries, Trial&& trial) {
  int hits = 0;
  for (int i = 0; i < tries; ++i) hits += trial() ? 1 : 0;
  return static_cast<double>(hits) / tries;
}

double median_coverage(const source& from, std::size_t n, int tries, bool interpolated) {
  generator random(n);
  return share(tries, [&] {
    std::vector<double> values = draw(from, n, random);
    std::sort(values.begin(), values.end());
    const auto got = interpolated ? interpolated_interval_of_median(values, 0.95)
                                  : interval_of_median(values, 0.95);
    return got->low <= 1 && 1 <= got->high;
  });
}

double ratio_coverage(const source& from, std::size_t n, int tries) {
  generator random(n + 100);
  return share(tries, [&] {
    std::vector<double> after = draw(from, n, random);
    for (double& value : after) value *= 1.03;
    const auto got = hodges_lehmann_ratio(draw(from, n, random), after, 0.95);
    return got->low <= 1.03 && 1.03 <= got->high;
  });
}

double false_alarms(const source& from, std::size_t n, int tries) {
  generator random(n + 200);
  return share(
      tries, [&] { return mann_whitney(draw(from, n, random), draw(from, n, random))->p <= 0.05; });
}

// Of families of ten tests with nothing to find: those in which something is found.
double families_with_alarms(bool corrected, int tries) {
  generator random(5);
  return share(tries, [&] {
    std::vector<double> p;
    for (int i = 0; i < 10; ++i) {
      p.push_back(mann_whitney(draw(sources()[0], 10, random), draw(sources()[0], 10, random))->p);
    }
    if (corrected) p = benjamini_hochberg(p);
    return *std::min_element(p.begin(), p.end()) <= 0.05;
  });
}

double signed_rank_alarms(std::size_t n, int tries) {
  generator random(n + 300);
  return share(tries, [&] {
    std::vector<double> differences(n);
    for (double& value : differences) value = normal(random);
    return wilcoxon_signed_rank(differences)->p <= 0.05;
  });
}

constexpr std::size_t sizes[] = {6, 7, 8, 10, 20, 50};

}  // namespace

TEST_CASE("intervals of the median hold 95%, between the order statistics closely") {
  for (const source& from : sources()) {
    for (const std::size_t n : sizes) {
      INFO(from.name << ", n = " << n);
      CHECK(median_coverage(from, n, 2000, false) >= 0.94);
      const double between = median_coverage(from, n, 2000, true);
      // A median in the gap between two modes is where interpolation fails: the reason why it is
      // not the default.
      CHECK(between >= (from.name == sources()[2].name ? 0.87 : 0.935));
      CHECK(between <= 0.975);
    }
  }
  // The reason for the interpolation.
  CHECK(median_coverage(sources()[0], 8, 4000, false) > 0.985);
}

TEST_CASE("the interval of the ratio holds 95% whatever the distribution") {
  for (const source& from : sources()) {
    for (const std::size_t n : sizes) {
      if (n == 50 && &from != &sources()[0]) continue;
      INFO(from.name << ", n = " << n);
      const double covered = ratio_coverage(from, n, n <= 20 ? 1000 : 300);
      CHECK(covered >= 0.925);
      CHECK(covered <= 0.98);
    }
  }
}

TEST_CASE("tests cry wolf in at most 5%, a corrected family too") {
  for (const source& from : sources()) {
    for (const std::size_t n : {6U, 10U, 20U}) {
      INFO(from.name << ", n = " << n);
      const double alarms = false_alarms(from, n, 3000);
      CHECK(alarms <= 0.05 + 0.012);
      CHECK(alarms >= 0.03);
    }
  }
  for (const std::size_t n : {6U, 10U, 20U}) CHECK(signed_rank_alarms(n, 3000) <= 0.062);
  CHECK(families_with_alarms(false, 500) > 0.25);
  CHECK(families_with_alarms(true, 500) <= 0.08);
}

TEST_CASE("the bootstrap holds about 95% for a mean of forty") {
  generator random(6);
  const statistic mean = [](std::span<double> values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
  };
  const double truth = std::exp(0.05 * 0.05 / 2);
  const double covered = share(400, [&] {
    const std::vector<double> values = draw(sources()[0], 40, random);
    const auto got = bca_interval(values, mean, {.resamples = 800, .seed = random()});
    return got->low <= truth && truth <= got->high;
  });
  CHECK(covered >= 0.91);
  CHECK(covered <= 0.98);
}

TEST_CASE("figures of the simulations", "[.][figures]") {
  constexpr int tries = 20'000;
  std::printf("%-14s %3s %8s %8s %8s %8s\n", "source", "n", "median", "between", "ratio", "alarms");
  for (const source& from : sources()) {
    for (const std::size_t n : sizes) {
      std::printf("%-14s %3zu %7.2f%% %7.2f%% %7.2f%% %7.2f%%\n", from.name, n,
                  100 * median_coverage(from, n, tries, false),
                  100 * median_coverage(from, n, tries, true),
                  100 * ratio_coverage(from, n, tries / 4), 100 * false_alarms(from, n, tries / 2));
    }
  }
  for (const std::size_t n : sizes) {
    std::printf("signed rank, n = %zu: %.2f%% alarms\n", n, 100 * signed_rank_alarms(n, tries));
  }
  std::printf("families of ten with an alarm: %.1f%%, corrected %.1f%%\n",
              100 * families_with_alarms(false, 4000), 100 * families_with_alarms(true, 4000));
}
