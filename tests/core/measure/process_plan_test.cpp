#include "core/measure/process_plan.hpp"

#include <vector>

#include "tests/support/catch.hpp"

using namespace nevaperf::measure;

TEST_CASE("the least number of processes comes first") {
  const precision_goal goal{.precision = 0.01, .least = 6, .most = 30};
  CHECK(processes_needed({}, goal) == 6);
  CHECK(processes_needed(std::vector<double>(5, 1.0), goal) == 6);
}

TEST_CASE("equal samples are precise") {
  CHECK(processes_needed(std::vector<double>(6, 1.0), {0.01, 6, 30}) == 6);
}

TEST_CASE("a wide interval needs more, in proportion to its square, up to a limit") {
  // The 95% interval of 6 samples is their range: +-3.9%.
  const std::vector<double> samples = {0.961, 0.99, 1.0, 1.0, 1.01, 1.039};
  CHECK(processes_needed(samples, {0.05, 6, 1000}) == 6);
  CHECK(processes_needed(samples, {0.02, 6, 1000}) == 23);
  CHECK(processes_needed(samples, {0.01, 6, 1000}) == 92);
  CHECK(processes_needed(samples, {0.01, 6, 30}) == 30);
  CHECK(processes_needed(samples, {0.0389, 6, 30}) == 7);
  CHECK(processes_needed(samples, {0.01, 6, 6}) == 6);
  CHECK(processes_needed(samples, {0, 6, 30}) == 30);
}

TEST_CASE("samples of no time cannot become more precise") {
  CHECK(processes_needed(std::vector<double>(6, 0.0), {0.01, 6, 30}) == 6);
}

TEST_CASE("slices fill a process") {
  CHECK(slices_of_process(5'000'000, 40'000'000) == 8);
  CHECK(slices_of_process(15'000'000, 40'000'000) == 3);
  CHECK(slices_of_process(900'000'000, 40'000'000) == 1);
  CHECK(slices_of_process(1'000, 40'000'000) == 8);
  CHECK(slices_of_process(0, 40'000'000) == 8);
}

TEST_CASE("counting uses the same iterations in every run unless operations are slow") {
  CHECK(iterations_for_counting(380'000) == 1024);
  CHECK(iterations_for_counting(420'000) == 1024);
  CHECK(iterations_for_counting(1000) == 512);
  CHECK(iterations_for_counting(1) == 1);
  CHECK(iterations_for_counting(0) == 1);
}
