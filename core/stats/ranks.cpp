#include "core/stats/ranks.hpp"

#include <algorithm>
#include <numeric>

namespace nevaperf::stats {

double midranks::tie_term() const {
  double sum = 0;
  for (const std::uint64_t size : ties) {
    const auto t = static_cast<double>(size);
    sum += t * t * t - t;
  }
  return sum;
}

midranks rank_values(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  midranks out;
  out.doubled.resize(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    for (std::size_t i = first; i < end; ++i) out.doubled[order[i]] = first + 1 + end;
    out.ties.push_back(end - first);
    out.has_ties = out.has_ties || end - first > 1;
    first = end;
  }
  return out;
}

}  // namespace nevaperf::stats
