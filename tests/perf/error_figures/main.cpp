// Prints the tables of core/stats/error_figures.md: how often paired comparisons err.
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tests/perf/error_figures/gates.hpp"

namespace {

using namespace nevaperf::figures;

constexpr std::size_t scenarios = 100;
constexpr std::size_t rounds = 30;

const std::vector<machine>& machines() {
  static const std::vector<machine> all = {
      {.name = "5% noise of each slice", .slice_noise = 0.05},
      {.name = "5% luck of each process", .process_noise = 0.05},
      {.name = "10% linear drift, 2% noise", .slice_noise = 0.02, .drift = 0.1},
      {.name = "one-sided load: +30% on half of 20% of the pairs, 2% noise",
       .slice_noise = 0.02,
       .burst_share = 0.2,
       .burst = 0.3},
      {.name = "two modes 1:3, 10% apart, 1% luck", .process_noise = 0.01, .slow_mode = 0.1},
  };
  return all;
}

void print_false_alarms(int tries) {
  std::printf("| machine | comparisons with a false alarm |\n|:--|--:|\n");
  for (const machine& on : machines()) {
    std::printf("| %s | %.2f%% |\n", on.name.c_str(),
                100 * false_alarm_share(on, scenarios, rounds, tries));
  }
}

void print_power(int tries) {
  std::printf(
      "\n| change | spread of pairs | most pairs | found | pairs taken | pairs saved | interval "
      "holds |\n"
      "|--:|--:|--:|--:|--:|--:|--:|\n");
  struct question {
    double effect;
    double spread;
    std::size_t most;
  };
  for (const question& one : {question{0.03, 0.02, rounds},
                              {0.10, 0.02, 12},
                              {0.10, 0.02, rounds},
                              {0.05, 0.02, rounds},
                              {0.03, 0.01, rounds},
                              {0, 0.01, rounds},
                              {0, 0.02, 60}}) {
    // Two processes a pair.
    const machine on{.name = "", .process_noise = one.spread / 1.4142135623730951};
    const power got = power_for(on, scenarios, one.most, one.effect, tries);
    const auto most = static_cast<double>(one.most);
    std::printf("| +%.0f%% | %.0f%% | %zu | %.1f%% | %.1f | %.0f%% | %.1f%% |\n", 100 * one.effect,
                100 * one.spread, one.most, 100 * got.found, got.pairs,
                100 * (1 - got.pairs / most), 100 * got.covered);
  }
}

void print_coverage(int tries) {
  const std::vector<machine> sources = {
      {.name = "log-normal", .process_noise = 0.05},
      {.name = "heavy-tailed (t, 2 degrees)", .heavy_tail = 0.02},
      {.name = "two modes 1:3, 10% apart", .process_noise = 0.01, .slow_mode = 0.1},
      {.name = "autocorrelated slices (0.5)", .slice_noise = 0.05, .correlation = 0.5},
  };
  const std::size_t sizes[] = {6, 7, 8, 10, 15, 20, 30, 50};
  std::printf("\n| pairs |");
  for (const std::size_t n : sizes) std::printf(" %zu |", n);
  std::printf("\n|:--|");
  for (std::size_t i = 0; i < std::size(sizes); ++i) std::printf("--:|");
  for (const machine& on : sources) {
    std::printf("\n| %s |", on.name.c_str());
    for (const std::size_t n : sizes) std::printf(" %.1f%% |", 100 * coverage(on, n, tries));
  }
  std::printf("\n");
}

}  // namespace

// error_figures [TRIES]: comparisons a machine; ten times as many rows, twenty times as many
// intervals.
int main(int argc, char** argv) {
  const int tries = argc > 1 ? std::atoi(argv[1]) : 2000;
  if (tries <= 0) {
    std::fprintf(stderr, "usage: nevaperf_error_figures [TRIES]\n");
    return 2;
  }
  print_false_alarms(tries);
  print_power(10 * tries);
  print_coverage(20 * tries);
}
