// Runs a work and says what it allocated, set-up included; scripts/count_instructions takes the
// difference of two runs.
//
//   nevaperf_counted WORK OPERATIONS     prints "ALLOCATIONS BYTES"
//   nevaperf_counted --list              the names of the works
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/perf/counted/counter.hpp"
#include "tests/perf/peers/nevaperf/groups.hpp"

int main(int argc, char** argv) {
  using namespace nevaperf;
  const auto works = peers::passing_works();
  if (argc == 2 && std::string_view(argv[1]) == "--list") {
    for (const peers::work& w : works)
      std::printf("%.*s\n", static_cast<int>(w.name.size()), w.name.data());
    return 0;
  }
  const auto found =
      std::ranges::find(works, std::string_view(argc == 3 ? argv[1] : ""), &peers::work::name);
  const std::int64_t operations = argc == 3 ? std::atoll(argv[2]) : 0;
  if (found == works.end() || operations < 1) {
    std::fprintf(stderr,
                 "error: expected WORK OPERATIONS: a name of --list and a number from 1 on\n");
    return 2;
  }
  const counted::allocations before = counted::so_far();
  found->run(operations);
  const counted::allocations after = counted::so_far();
  std::printf("%lld %lld\n", static_cast<long long>(after.count - before.count),
              static_cast<long long>(after.bytes - before.bytes));
  return 0;
}
