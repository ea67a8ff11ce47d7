#include "core/measure/cpu_times.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/memory_files.hpp"

using namespace nevaperf;
using measure::read_cpu_times;
using measure::stolen_share;

namespace {

std::optional<measure::cpu_times> times_of(const std::string& stat, const std::vector<int>& cpus) {
  tests::memory_files files;
  files.files["/proc/stat"] = stat;
  return read_cpu_times(files, cpus);
}

const std::string before =
    "cpu  10 1 5 100 4 1 1 8 0 0\ncpu0 5 1 3 50 2 1 1 2 0 0\ncpu1 5 0 2 50 2 0 0 6 0 0\nintr 1 2\n";
const std::string after =
    "cpu  40 1 5 100 4 1 1 18 0 0\ncpu0 5 1 3 50 2 1 1 2 0 0\ncpu1 35 0 2 50 2 0 0 16 0 0\nintr "
    "1\n";

}  // namespace

TEST_CASE("steal is counted against what was wanted, on the CPUs that count") {
  CHECK(stolen_share(times_of(before, {}), times_of(after, {})) == Approx(10.0 / 40));
  CHECK(stolen_share(times_of(before, {1}), times_of(after, {1})) == Approx(10.0 / 40));
  CHECK_FALSE(stolen_share(times_of(before, {0}), times_of(after, {0})));  // nothing ran there
}

TEST_CASE("counters that fall, old kernels and missing files") {
  CHECK(stolen_share(times_of(after, {}), times_of(before, {})) == std::nullopt);
  const auto old_kernel = times_of("cpu  10 1 5 100\n", {});
  REQUIRE(old_kernel);
  CHECK(old_kernel->stolen == 0);
  CHECK(old_kernel->busy == 16);
  CHECK_FALSE(times_of("", {}));
  CHECK_FALSE(times_of("intr 1 2\n", {}));
  CHECK_FALSE(times_of(before, {7}));
  CHECK_FALSE(stolen_share(std::nullopt, old_kernel));
}
