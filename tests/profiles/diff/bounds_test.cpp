// The bounds against figures from tables and numerical integration, and their error rates on seeded
// noise.
#include "profiles/diff/bounds.hpp"

#include <cmath>
#include <random>

#include "tests/support/catch.hpp"

using namespace nevaperf::profiles;

namespace {

constexpr double confidence = 0.95;

sampled_value ticks(double count) {
  return {.value = count, .variance = count};
}

}  // namespace

TEST_CASE("counts are compared by the conditional binomial test") {
  // Twice the smaller tail of a binomial with 40 trials and probability 1/2.
  const auto found = change_of_counts(ticks(10), ticks(30), 1, confidence);
  CHECK(found.change == 20);
  CHECK(found.p == Approx(0.0022213).epsilon(1e-4));
  // The exact 95% limits of Poisson means for 30 and for 10 events.
  const double low = 20 - std::hypot(30 - 20.24087, 18.39036 - 10);
  const double high = 20 + std::hypot(42.82693 - 30, 10 - 4.795389);
  CHECK(found.low == Approx(low).epsilon(1e-5));
  CHECK(found.high == Approx(high).epsilon(1e-5));
}

TEST_CASE("what was not seen on one side is bounded too") {
  const auto fresh = change_of_counts({}, ticks(4), 1, confidence);
  CHECK(fresh.p == Approx(2 * std::pow(0.5, 4)));
  CHECK(fresh.low < 0);
  const auto vanished = change_of_counts(ticks(40), {}, 1, confidence);
  CHECK(vanished.p < 1e-9);
  CHECK(vanished.high < 0);
  CHECK(change_of_counts({}, {}, 1, confidence).p == 1);
}

TEST_CASE("a few heavy events are less sure than many light ones") {
  const sampled_value heavy_old{.value = 100, .variance = 100.0 * 50};
  const sampled_value heavy_new{.value = 200, .variance = 200.0 * 50};
  CHECK(change_of_counts(heavy_old, heavy_new, 50, confidence).p > 0.3);
  CHECK(change_of_counts(ticks(100), ticks(200), 1, confidence).p < 1e-6);
}

TEST_CASE("numbers of any size have bounds") {
  for (const double size : {9e4, 1.1e5, 1e9, 4e16, 9e18}) {
    INFO("size " << size);
    const auto same = change_of_counts(ticks(size), ticks(size), 1, confidence);
    CHECK(same.p == 1);
    CHECK(same.low == Approx(-same.high));
    CHECK(same.high == Approx(1.96 * std::sqrt(2 * size)).epsilon(0.01));
    CHECK(change_of_counts(ticks(size), ticks(size + 6 * std::sqrt(size)), 1, confidence).p < 1e-4);
    CHECK(change_of_counts(ticks(size), {}, 1, confidence).p < 1e-9);
  }
  run_sums tiny;
  run_sums other;
  for (const double x : {1e-150, 2e-150}) tiny.add(x, 0), other.add(2 * x, 0);
  CHECK(change_of_runs(tiny, other, confidence).p > 0.05);
}

TEST_CASE("exact values differ or do not") {
  CHECK(change_of_counts({.value = 3}, {.value = 3}, 0, confidence).p == 1);
  const auto found = change_of_counts({.value = 3}, {.value = 4}, 0, confidence);
  CHECK(found.p == 0);
  CHECK(found.low == 1);
  CHECK(found.high == 1);
}

TEST_CASE("runs are compared by Welch's t") {
  run_sums before;
  run_sums after;
  for (const double x : {10.0, 11.0, 9.0, 10.5}) before.add(x, 0);
  for (const double x : {12.0, 13.5, 12.5}) after.add(x, 0);
  // t = 4.140950 with 4.733990 degrees of freedom; its density integrated numerically.
  const auto found = change_of_runs(before, after, confidence);
  CHECK(found.change == Approx(2.5416667));
  CHECK(found.p == Approx(0.0100967).epsilon(1e-4));
  CHECK(found.low == Approx(0.936830).epsilon(1e-4));
  CHECK(found.high == Approx(4.146503).epsilon(1e-4));
}

TEST_CASE("runs that agree by luck are not taken for certain") {
  run_sums before;
  run_sums after;
  for (int i = 0; i < 2; ++i) before.add(0, 0), after.add(1, 1);
  CHECK(change_of_runs(before, after, confidence).p > 0.05);
  run_sums exact_before;
  run_sums exact_after;
  for (int i = 0; i < 2; ++i) exact_before.add(1, 0), exact_after.add(2, 0);
  CHECK(change_of_runs(exact_before, exact_after, confidence).p == 0);
}

TEST_CASE("noise alone is called a change at most as often as stated") {
  std::mt19937_64 random(7);
  constexpr int tries = 4000;
  for (const double mean : {3.0, 20.0, 200.0}) {
    std::poisson_distribution<int> events(mean);
    int by_counts = 0;
    int by_runs = 0;
    int covered = 0;
    for (int i = 0; i < tries; ++i) {
      run_sums before;
      run_sums after;
      for (int run = 0; run < 5; ++run) {
        const double x = events(random);
        const double y = events(random);
        before.add(x, x);
        after.add(y, y);
        if (run > 0) continue;
        const auto found = change_of_counts(ticks(x), ticks(y), 1, confidence);
        by_counts += found.p <= 0.05 ? 1 : 0;
        covered += found.low <= 0 && found.high >= 0 ? 1 : 0;
      }
      by_runs += change_of_runs(before, after, confidence).p <= 0.05 ? 1 : 0;
    }
    INFO("mean " << mean);
    CHECK(by_counts <= 0.055 * tries);
    CHECK(by_runs <= 0.06 * tries);
    CHECK(covered >= 0.945 * tries);
  }
}
