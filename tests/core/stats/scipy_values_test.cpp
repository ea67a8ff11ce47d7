// The estimators agree with SciPy; scipy_values.py says how the numbers came about.
#include <cstdlib>
#include <fstream>
#include <map>
#include <numeric>
#include <sstream>

#include "core/stats/bootstrap.hpp"
#include "core/stats/hodges_lehmann.hpp"
#include "core/stats/mann_whitney.hpp"
#include "core/stats/wilcoxon.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::stats;

namespace {

struct reference {
  std::vector<double> first;
  std::vector<double> second;
  std::vector<double> values;
};

std::vector<double> numbers(const std::string& text) {
  std::istringstream from(text);
  std::vector<double> out;
  for (std::string word; from >> word;) out.push_back(std::strtod(word.c_str(), nullptr));
  return out;
}

std::vector<reference> references(const std::string& kind, std::size_t at_least) {
  std::ifstream file(NEVAPERF_SCIPY_VALUES);
  std::vector<reference> out;
  for (std::string line; std::getline(file, line);) {
    std::istringstream from(line);
    std::string parts[4];
    for (std::string& part : parts) std::getline(from, part, '|');
    if (parts[0] != kind) continue;
    out.push_back({numbers(parts[1]), numbers(parts[2]), numbers(parts[3])});
  }
  REQUIRE(out.size() >= at_least);
  return out;
}

void check_mann_whitney(const std::string& kind, std::size_t count, bool is_exact,
                        double precision) {
  for (const reference& known : references(kind, count)) {
    const auto got = mann_whitney(known.first, known.second);
    REQUIRE(got);
    INFO(kind << ", n = " << known.first.size() << " and " << known.second.size());
    CHECK(got->u == known.values[0]);
    CHECK(got->p == Approx(known.values[1]).epsilon(precision));
    CHECK(got->is_exact == is_exact);
  }
}

void check_wilcoxon(const std::string& kind, std::size_t count, bool is_exact, double precision) {
  for (const reference& known : references(kind, count)) {
    const auto got = wilcoxon_signed_rank(known.first);
    REQUIRE(got);
    INFO(kind << ", n = " << known.first.size());
    CHECK(got->rank_sum == known.values[0]);
    CHECK(got->p == Approx(known.values[1]).epsilon(precision));
    CHECK(got->is_exact == is_exact);
  }
}

}  // namespace

TEST_CASE("Mann-Whitney is SciPy's") {
  check_mann_whitney("mann_whitney_exact", 30, true, 1e-9);
  check_mann_whitney("mann_whitney_ties", 15, true, 1e-9);
  check_mann_whitney("mann_whitney_normal", 4, false, 1e-9);
}

TEST_CASE("Wilcoxon's signed rank test is SciPy's") {
  check_wilcoxon("wilcoxon_exact", 24, true, 1e-9);
  check_wilcoxon("wilcoxon_normal", 3, false, 1e-9);
}

TEST_CASE("the Hodges-Lehmann ratio is the median of all ratios") {
  for (const reference& known : references("hodges_lehmann", 4)) {
    const auto got = hodges_lehmann_ratio(known.first, known.second, 0.95);
    REQUIRE(got);
    CHECK(got->ratio == Approx(known.values[0]).epsilon(1e-12));
  }
}

TEST_CASE("the bootstrap is SciPy's but for chance") {
  const statistic mean = [](std::span<double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  };
  for (const reference& known : references("bca_mean", 2)) {
    const auto got = bca_interval(known.first, mean, {.resamples = 20'000});
    REQUIRE(got);
    const double width = known.values[1] - known.values[0];
    CHECK(got->low == Approx(known.values[0]).margin(0.02 * width));
    CHECK(got->high == Approx(known.values[1]).margin(0.02 * width));
  }
}
