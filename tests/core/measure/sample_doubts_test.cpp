#include "core/measure/sample_doubts.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "core/measure/condense.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;

namespace {

using generator = std::mt19937_64;

// The doubts about processes of eight slices, with `value(process, slice)` as their times.
template <class Value>
std::vector<std::string> doubts_of(std::uint32_t processes, Value&& value) {
  std::vector<model::process_result> results(processes);
  for (std::uint32_t p = 0; p < processes; ++p) {
    results[p].scenario = "hop";
    results[p].process = p;
    for (int s = 0; s < 8; ++s) results[p].values["sec/op"].push_back(value(p, s));
  }
  std::vector<std::string> codes;
  for (const auto& one : measure::condense({"hop", {}, "", {"worker"}}, results).warnings) {
    CHECK_FALSE(one.next.empty());
    codes.push_back(one.code);
  }
  return codes;
}

double noise(generator& random, double size) {
  return 1 + size * std::normal_distribution<>()(random);
}

using list = std::vector<std::string>;

}  // namespace

TEST_CASE("steady samples raise no doubt") {
  generator random(1);
  CHECK(doubts_of(20, [&](auto, auto) { return noise(random, 0.01); }).empty());
  CHECK(doubts_of(20, [](auto, auto) { return 1.0; }).empty());
}

TEST_CASE("a scenario that slows down inside its processes, and one that warms up") {
  generator random(2);
  CHECK(doubts_of(6, [&](auto, int s) { return noise(random, 0.005) * (1 + 0.01 * s); }) ==
        list{"drift"});
  CHECK(doubts_of(6, [&](auto, int s) { return noise(random, 0.005) * (1 - 0.01 * s); }) ==
        list{"drift"});
  // True but too small to matter.
  CHECK(
      doubts_of(20, [&](auto, int s) { return noise(random, 0.0001) * (1 + 0.0005 * s); }).empty());
}

TEST_CASE("processes of two kinds") {
  generator random(3);
  const auto codes =
      doubts_of(24, [&](auto p, auto) { return noise(random, 0.004) * (p % 3 == 0 ? 1.06 : 1.0); });
  CHECK(codes == list{"bimodal"});
}

TEST_CASE("a machine whose speed changes during the run") {
  generator random(4);
  const auto codes = doubts_of(40, [&](auto p, auto) {
    return noise(random, 0.01) * (1 + 0.04 * std::sin(0.12 * static_cast<double>(p)));
  });
  CHECK(std::find(codes.begin(), codes.end(), "autocorrelated") != codes.end());
}

TEST_CASE("independent samples, skewed and with outliers, are seldom doubted") {
  generator random(5);
  int drift = 0;
  int bimodal = 0;
  int autocorrelated = 0;
  constexpr int tries = 1500;
  for (int i = 0; i < tries; ++i) {
    const auto processes = static_cast<std::uint32_t>(6 + random() % 40);
    std::vector<double> luck(processes);
    for (double& one : luck) one = std::exp(0.03 * std::exponential_distribution<>()(random));
    for (const std::string& code : doubts_of(processes, [&](auto p, auto) {
           const double burst = random() % 20 == 0 ? 1.3 : 1.0;
           return luck[p] * burst * noise(random, 0.02);
         })) {
      drift += code == "drift" ? 1 : 0;
      bimodal += code == "bimodal" ? 1 : 0;
      autocorrelated += code == "autocorrelated" ? 1 : 0;
    }
  }
  CHECK(drift <= tries * 3 / 1000);
  CHECK(bimodal <= tries * 8 / 1000);
  CHECK(autocorrelated <= tries * 4 / 1000);
}
