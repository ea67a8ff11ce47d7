#include "core/stats/multiplicity.hpp"

#include <algorithm>
#include <cmath>

#include "core/stats/equivalence.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::stats;

TEST_CASE("the example of Benjamini and Hochberg's paper") {
  const std::vector<double> p = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0};
  const auto found = [](const std::vector<double>& adjusted) {
    return std::count_if(adjusted.begin(), adjusted.end(), [](double one) { return one <= 0.05; });
  };
  CHECK(found(benjamini_hochberg(p)) == 4);
  CHECK(found(holm(p)) == 3);
}

TEST_CASE("adjusted values as R's p.adjust gives them, beside their tests") {
  const std::vector<double> p = {0.04, 0.01, 0.03, 0.02, 0.9};
  const std::vector<double> by_hochberg = {0.05, 0.05, 0.05, 0.05, 0.9};
  const std::vector<double> by_holm = {0.09, 0.05, 0.09, 0.08, 0.9};
  for (std::size_t i = 0; i < p.size(); ++i) {
    CHECK(benjamini_hochberg(p)[i] == Approx(by_hochberg[i]));
    CHECK(holm(p)[i] == Approx(by_holm[i]));
  }
  CHECK(benjamini_hochberg({}).empty());
  CHECK(holm(std::vector<double>{0.7, 0.6}) == std::vector<double>{1, 1});
}

TEST_CASE("an interval is placed by both of its ends") {
  CHECK(place_of(1.011, 1.02, 0.01) == place::above);
  CHECK(place_of(0.97, 0.99, 0.01) == place::below);
  CHECK(place_of(0.995, 1.009, 0.01) == place::inside);
  CHECK(place_of(1 / 1.01, 1.01, 0.01) == place::inside);
  CHECK(place_of(1.005, 1.02, 0.01) == place::across);
  CHECK(place_of(0.98, 1.02, 0.01) == place::across);
  CHECK(place_of(1, 1, 0) == place::inside);
  CHECK(place_of(1.0001, 1.0002, 0) == place::above);
  CHECK(place_of(std::nan(""), 1, 0.01) == place::across);
}
