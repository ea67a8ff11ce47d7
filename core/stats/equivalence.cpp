#include "core/stats/equivalence.hpp"

namespace nevaperf::stats {

place place_of(double low, double high, double margin) {
  const double top = 1 + margin;
  const double bottom = 1 / top;
  if (low > top) return place::above;
  if (high < bottom) return place::below;
  return low >= bottom && high <= top ? place::inside : place::across;
}

}  // namespace nevaperf::stats
