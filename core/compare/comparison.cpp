#include "core/compare/comparison.hpp"

#include <algorithm>

namespace nevaperf::compare {

const char* to_text(verdict what) {
  switch (what) {
    case verdict::slower:
      return "slower";
    case verdict::faster:
      return "faster";
    case verdict::same:
      return "same";
    case verdict::unsure:
      return "unsure";
    case verdict::only_old:
      return "only_old";
    case verdict::only_new:
      return "only_new";
  }
  return "unsure";
}

std::uint64_t comparison::count(verdict what) const {
  return static_cast<std::uint64_t>(
      std::count_if(rows.begin(), rows.end(), [&](const row& one) { return one.what == what; }));
}

std::uint64_t comparison_set::count(verdict what) const {
  std::uint64_t out = 0;
  for (const comparison& one : all) out += one.count(what);
  return out;
}

}  // namespace nevaperf::compare
