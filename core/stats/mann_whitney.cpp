#include "core/stats/mann_whitney.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/binomial.hpp>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "core/stats/ranks.hpp"

namespace nevaperf::stats {

namespace {

double ways(std::size_t n_a, std::size_t n_b) {
  return boost::math::binomial_coefficient<double>(static_cast<unsigned>(n_a + n_b),
                                                   static_cast<unsigned>(n_a));
}

// P(2U <= doubled_u) over all ways to deal n_a of the values to a, group by group of equal values
// from the smallest. A state is the number dealt to a so far and the doubled U so far: a value of a
// beats all of b in the groups before, and half of b in its own group.
double lower_tail_with_ties(std::size_t n_a, std::size_t n_b, std::span<const std::uint64_t> ties,
                            std::size_t doubled_u) {
  const std::size_t width = doubled_u + 1;
  std::vector<double> now((n_a + 1) * width, 0.0);
  std::vector<double> next(now.size());
  now[0] = 1;
  std::size_t dealt = 0;
  for (const std::uint64_t size : ties) {
    std::fill(next.begin(), next.end(), 0.0);
    for (std::size_t to_a = dealt > n_b ? dealt - n_b : 0; to_a <= std::min(dealt, n_a); ++to_a) {
      const std::size_t to_b = dealt - to_a;
      const double* const from = &now[to_a * width];
      double choices = 1;  // (size, more)
      for (std::size_t more = 0; more <= size && to_a + more <= n_a; ++more) {
        const std::size_t rest = size - more;
        const std::size_t gain = 2 * more * to_b + more * rest;
        if (to_b + rest <= n_b && gain < width) {
          double* const to = &next[(to_a + more) * width];
          // No state of so few has a larger U.
          const std::size_t end = std::min(width - gain, 2 * to_a * to_b + 1);
          for (std::size_t u = 0; u < end; ++u) to[u + gain] += choices * from[u];
        }
        choices *= static_cast<double>(rest) / static_cast<double>(more + 1);
      }
    }
    now.swap(next);
    dealt += size;
  }
  const double* const last = &now[n_a * width];
  return std::accumulate(last, last + width, 0.0) / ways(n_a, n_b);
}

double lower_tail(std::size_t n_a, std::size_t n_b, std::size_t u) {
  const std::vector<double> counts = mann_whitney_counts(n_a, n_b, u);
  return std::accumulate(counts.begin(), counts.end(), 0.0) / ways(n_a, n_b);
}

double normal_p(std::size_t n_a, std::size_t n_b, double u, const midranks& ranks) {
  const auto a = static_cast<double>(n_a);
  const auto b = static_cast<double>(n_b);
  const double n = a + b;
  const double variance = a * b / 12 * (n + 1 - ranks.tie_term() / (n * (n - 1)));
  const double distance = std::fabs(u - a * b / 2) - 0.5;
  if (distance <= 0) return 1;
  const boost::math::normal_distribution<double> normal;
  const double tail = boost::math::cdf(complement(normal, distance / std::sqrt(variance)));
  return std::min(1.0, 2 * tail);
}

}  // namespace

std::vector<double> mann_whitney_counts(std::size_t n_a, std::size_t n_b, std::size_t most) {
  // The counts are the coefficients of the Gaussian binomial: the product of (1 - q^(n_b + i)) / (1
  // - q^i) over i = 1 ... n_a, here cut off after q^most.
  std::vector<double> counts(most + 1, 0.0);
  counts[0] = 1;
  for (std::size_t i = 1; i <= n_a; ++i) {
    for (std::size_t u = most + 1; u-- > n_b + i;) counts[u] -= counts[u - n_b - i];
    for (std::size_t u = i; u <= most; ++u) counts[u] += counts[u - i];
  }
  return counts;
}

std::optional<mann_whitney_result> mann_whitney(std::span<const double> a,
                                                std::span<const double> b) {
  if (a.empty() || b.empty()) return std::nullopt;
  std::vector<double> all(a.begin(), a.end());
  all.insert(all.end(), b.begin(), b.end());
  const midranks ranks = rank_values(all);
  const auto own = ranks.doubled.begin() + static_cast<std::ptrdiff_t>(a.size());
  const std::uint64_t rank_sum =
      std::accumulate(ranks.doubled.begin(), own, std::uint64_t{0});  // doubled, of a
  const std::size_t doubled_u = rank_sum - a.size() * (a.size() + 1);
  const std::size_t doubled_pairs = 2 * a.size() * b.size();

  mann_whitney_result out;
  out.u = static_cast<double>(doubled_u) / 2;
  const std::size_t limit =
      ranks.has_ties ? mann_whitney_exact_ties_limit : mann_whitney_exact_limit;
  out.is_exact = std::max(a.size(), b.size()) <= limit;
  if (ranks.ties.size() < 2) {
    out.is_exact = true;
  } else if (!out.is_exact) {
    out.p = normal_p(a.size(), b.size(), out.u, ranks);
  } else {
    // The upper tail of a's U is the lower tail of b's.
    const bool a_is_low = doubled_u <= doubled_pairs - doubled_u;
    const std::size_t low = a_is_low ? doubled_u : doubled_pairs - doubled_u;
    const std::size_t n_low = a_is_low ? a.size() : b.size();
    const std::size_t n_high = a_is_low ? b.size() : a.size();
    const double tail = ranks.has_ties ? lower_tail_with_ties(n_low, n_high, ranks.ties, low)
                                       : lower_tail(n_low, n_high, low / 2);
    out.p = std::min(1.0, 2 * tail);
  }
  return out;
}

double smallest_mann_whitney_p(std::size_t n_a, std::size_t n_b) {
  if (std::max(n_a, n_b) > mann_whitney_exact_limit) return 0;
  return std::min(1.0, 2 / ways(n_a, n_b));
}

}  // namespace nevaperf::stats
