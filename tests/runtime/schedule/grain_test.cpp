// When a scheduler looks at single steps, and what it calls coarse.
#include "runtime/schedule/grain.hpp"

#include <vector>

#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;

namespace {

std::uint16_t mean_after(const std::vector<std::int64_t>& steps_ns) {
  std::uint16_t mean = 0;
  for (const std::int64_t ns : steps_ns) mean = next_mean_step_ns(mean, ns);
  return mean;
}

}  // namespace

TEST_CASE("one step that the machine held up does not make a node coarse") {
  CHECK(mean_after({50, 50, 50, 100'000'000}) < coarse_step_ns);
  CHECK(mean_after({100'000'000, 50, 50, 50, 50, 50, 50, 100'000'000}) < coarse_step_ns);
}

TEST_CASE("a node of 10 us steps is coarse within a few, also if it waits in every second") {
  CHECK(mean_after({10'000, 10'000, 10'000}) >= coarse_step_ns);
  CHECK(mean_after({10'000, 100, 10'000, 100, 10'000, 100, 10'000, 100}) >= coarse_step_ns);
}

TEST_CASE("a mean never runs over, and a clock that stands still does no harm") {
  CHECK(mean_after(std::vector<std::int64_t>(1000, INT64_MAX)) <= longest_counted_ns);
  CHECK(mean_after({0, -5, 0}) == 0);
}

TEST_CASE("fine steps are never timed one by one, and slices become long") {
  grain_meter m;
  for (int i = 0; i < 100; ++i) {
    REQUIRE_FALSE(m.wants_timed_steps());
    m.add_slice(m.steps(), static_cast<std::int64_t>(m.steps()) * 20);
  }
  CHECK(m.steps() == 256);
}

TEST_CASE("long steps are timed after one slice, and slices become short") {
  grain_meter m;
  for (int i = 0; i < 100; ++i) m.add_slice(m.steps(), static_cast<std::int64_t>(m.steps()) * 20);
  m.add_slice(m.steps(), static_cast<std::int64_t>(m.steps()) * 10'000);
  CHECK(m.steps() == 16);
  CHECK(m.wants_timed_steps());
}

TEST_CASE("a slice lasts as long as timers and cancellation may wait, however long its steps are") {
  grain_meter m;
  for (int i = 0; i < 100; ++i) m.add_slice(m.steps(), static_cast<std::int64_t>(m.steps()) * 500);
  CHECK(m.steps() == 256);
  m.add_slice(m.steps(), static_cast<std::int64_t>(m.steps()) * 3'000);
  CHECK(m.steps() == 50);
  m.add_slice(m.steps(), -5);
  CHECK(m.steps() == 100);
}

TEST_CASE("timing that finds nothing becomes rare, and frequent again when it finds something") {
  grain_meter m;
  const auto slices_until_timed = [&m] {
    int n = 0;
    for (; !m.wants_timed_steps(); ++n)
      m.add_slice(m.steps(), static_cast<std::int64_t>(m.steps()) * 1'000);
    return n;
  };
  slices_until_timed();
  std::vector<int> waits;
  for (int i = 0; i < 12; ++i) {
    m.add_timed_slice(false);
    waits.push_back(slices_until_timed());
  }
  CHECK(waits == std::vector<int>{2, 4, 8, 16, 32, 64, 128, 256, 256, 256, 256, 256});
  m.add_timed_slice(true);
  CHECK(slices_until_timed() == 1);
}

TEST_CASE("a slice without a step tells nothing") {
  grain_meter m;
  m.add_slice(0, 1'000'000'000);
  CHECK_FALSE(m.wants_timed_steps());
}
