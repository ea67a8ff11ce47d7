#include "tests/perf/peers/nevaperf/groups.hpp"

namespace nevaperf::peers {

std::vector<work> all_works() {
  std::vector<work> all;
  for (const auto works : {passing_works(), go_suite_works()})
    all.insert(all.end(), works.begin(), works.end());
  return all;
}

}  // namespace nevaperf::peers
