#include "core/stats/wilcoxon.hpp"

#include <vector>

#include "tests/support/catch.hpp"

using namespace nevaperf::stats;

namespace {

// Differences 1 ... n whose negative ones have the ranks that add up to `negative`.
double p_of(int n, int negative) {
  std::vector<double> differences;
  for (int rank = n; rank >= 1; --rank) {
    const bool take = rank <= negative;
    if (take) negative -= rank;
    differences.push_back(take ? -rank : rank);
  }
  return wilcoxon_signed_rank(differences)->p;
}

}  // namespace

TEST_CASE("the critical values are those of the published table of signed ranks") {
  // Two-sided at .05: the largest smaller rank sum that is significant.
  struct row {
    int n;
    int critical;
  };
  for (const row& known : {row{6, 0}, row{7, 2}, row{8, 3}, row{9, 5}, row{10, 8}, row{12, 13},
                           row{15, 25}, row{20, 52}, row{25, 89}, row{30, 137}, row{50, 434}}) {
    INFO("n = " << known.n);
    CHECK(p_of(known.n, known.critical) <= 0.05);
    CHECK(p_of(known.n, known.critical + 1) > 0.05);
  }
}

TEST_CASE("zeros are left out, and signs can be swapped") {
  const std::vector<double> differences = {0, 1.5, -0.5, 2, 0, 2, -1};
  std::vector<double> swapped;
  for (const double one : differences) swapped.push_back(-one);
  const auto got = wilcoxon_signed_rank(differences);
  CHECK(got->n == 5);
  CHECK(got->rank_sum == 12);  // 3 + 4.5 + 4.5
  CHECK(wilcoxon_signed_rank(swapped)->p == got->p);
  CHECK(wilcoxon_signed_rank(std::vector<double>{0, 0})->p == 1);
  CHECK(wilcoxon_signed_rank(std::vector<double>{0, 0})->n == 0);
  CHECK(wilcoxon_signed_rank(std::vector<double>{3})->p == 1);
  CHECK_FALSE(wilcoxon_signed_rank({}));
}
