#include "core/stats/wilcoxon.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "core/stats/ranks.hpp"

namespace nevaperf::stats {

namespace {

// P(doubled rank sum <= most) over all signs.
double lower_tail(std::span<const std::uint64_t> doubled_ranks, std::uint64_t most) {
  std::vector<double> shares(most + 1, 0.0);
  shares[0] = 1;
  for (const std::uint64_t rank : doubled_ranks) {
    for (std::uint64_t sum = most + 1; sum-- > 0;) {
      shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0.0)) / 2;
    }
  }
  return std::accumulate(shares.begin(), shares.end(), 0.0);
}

double normal_p(double rank_sum, std::size_t count, const midranks& ranks) {
  const auto n = static_cast<double>(count);
  const double variance = n * (n + 1) * (2 * n + 1) / 24 - ranks.tie_term() / 48;
  const double distance = std::fabs(rank_sum - n * (n + 1) / 4) - 0.5;
  if (distance <= 0) return 1;
  const boost::math::normal_distribution<double> normal;
  const double tail = boost::math::cdf(complement(normal, distance / std::sqrt(variance)));
  return std::min(1.0, 2 * tail);
}

}  // namespace

std::optional<wilcoxon_result> wilcoxon_signed_rank(std::span<const double> differences) {
  if (differences.empty()) return std::nullopt;
  std::vector<double> sizes;
  std::vector<bool> is_positive;
  for (const double one : differences) {
    if (one == 0) continue;
    sizes.push_back(std::fabs(one));
    is_positive.push_back(one > 0);
  }
  wilcoxon_result out;
  out.n = sizes.size();
  out.is_exact = out.n <= wilcoxon_exact_limit;
  if (out.n == 0) return out;

  const midranks ranks = rank_values(sizes);
  std::uint64_t positive = 0;  // doubled
  for (std::size_t i = 0; i < out.n; ++i) positive += is_positive[i] ? ranks.doubled[i] : 0;
  out.rank_sum = static_cast<double>(positive) / 2;
  if (out.is_exact) {
    const std::uint64_t all = out.n * (out.n + 1);  // doubled
    out.p = std::min(1.0, 2 * lower_tail(ranks.doubled, std::min(positive, all - positive)));
  } else {
    out.p = normal_p(out.rank_sum, out.n, ranks);
  }
  return out;
}

}  // namespace nevaperf::stats
