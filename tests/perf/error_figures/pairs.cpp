#include "tests/perf/error_figures/pairs.hpp"

#include <array>
#include <cmath>

namespace nevaperf::figures {

namespace {

constexpr std::size_t slices_a_side = 2;
constexpr std::size_t slices = 2 * slices_a_side;

double normal(generator& random) {
  return std::normal_distribution<>(0, 1)(random);
}

bool happens(generator& random, double share) {
  return std::uniform_real_distribution<>(0, 1)(random) < share;
}

double luck_of_process(const machine& on, generator& random) {
  double out = on.process_noise * normal(random);
  if (happens(random, on.slow_mode > 0 ? 0.25 : 0)) out += std::log1p(on.slow_mode);
  if (on.heavy_tail > 0) out += on.heavy_tail * std::student_t_distribution<>(2)(random);
  return out;
}

}  // namespace

std::vector<double> draw_pairs(const machine& on, std::size_t rounds, double effect,
                               generator& random) {
  std::vector<double> out;
  double noise = normal(random);
  for (std::size_t round = 0; round < rounds; ++round) {
    const std::array<double, 2> luck = {luck_of_process(on, random),
                                        luck_of_process(on, random) + std::log1p(effect)};
    const bool new_first = happens(random, 0.5);
    const bool has_burst = happens(random, on.burst_share);
    const std::size_t burst_start = random() % slices;
    std::array<double, 2> sums = {0, 0};
    for (std::size_t i = 0; i < slices; ++i) {
      const bool is_second = i == 1 || i == 2;  // A B B A
      const std::size_t side = is_second != new_first ? 1 : 0;
      noise =
          on.correlation * noise + std::sqrt(1 - on.correlation * on.correlation) * normal(random);
      const double when =
          static_cast<double>(round * slices + i) / static_cast<double>(rounds * slices);
      double time = std::exp(luck[side] + on.slice_noise * noise) * (1 + on.drift * when);
      if (has_burst && i >= burst_start && i < burst_start + slices / 2) time *= 1 + on.burst;
      sums[side] += time;
    }
    out.push_back(std::log(sums[1] / sums[0]));
  }
  return out;
}

}  // namespace nevaperf::figures
