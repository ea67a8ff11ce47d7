#include "core/measure/calibration.hpp"

#include "tests/support/catch.hpp"

using namespace nevaperf::measure;

namespace {

struct search_result {
  std::uint64_t iterations;
  int trials;
  double wall_seconds;  // spent on all trials
};

// The search for a scenario of which an iteration measures `real` and takes `wall` seconds.
search_result search(double real, double wall, double target) {
  search_result out{1, 0, 0};
  for (bool done = false; !done; ++out.trials) {
    REQUIRE(out.trials < 50);
    const auto n = static_cast<double>(out.iterations);
    out.wall_seconds += n * wall;
    const calibration_step step = next_trial(
        {.iterations = out.iterations, .real_seconds = n * real, .wall_seconds = n * wall}, target);
    out.iterations = step.iterations;
    done = step.done;
  }
  return out;
}

}  // namespace

TEST_CASE("a slice takes about the target") {
  for (const double op : {1e-9, 1.7e-8, 3e-6, 4e-4, 2e-3}) {
    const search_result got = search(op, op, 5e-3);
    INFO(op);
    CHECK(static_cast<double>(got.iterations) * op == Approx(5e-3).epsilon(0.25));
    CHECK(got.wall_seconds < 4 * 5e-3);
    CHECK(got.trials <= 10);
  }
}

TEST_CASE("an operation longer than a slice runs once") {
  CHECK(search(0.1, 0.1, 5e-3).iterations == 1);
  CHECK(search(100, 100, 5e-3).trials == 1);
}

TEST_CASE("a scenario that measures little of what it does is bounded by its wall time") {
  const search_result got = search(1e-9, 1e-3, 5e-3);
  CHECK(static_cast<double>(got.iterations) * 1e-3 <= 10 * 5e-3 * 1.1);
  CHECK(got.iterations > 10);
}

TEST_CASE("a scenario that takes no time at all ends at a limit") {
  CHECK(search(0, 0, 5e-3).iterations == 1'000'000'000);
}

TEST_CASE("iterations have two significant digits") {
  const auto step =
      next_trial({.iterations = 1000, .real_seconds = 4e-3, .wall_seconds = 4e-3}, 4.9382e-3);
  CHECK(step.done);
  CHECK(step.iterations == 1200);
}
