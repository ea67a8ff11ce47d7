#include "core/compare/compare_pairs.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/support/catch.hpp"

using namespace nevaperf;
using compare::verdict;

namespace {

// `n` pairs with the new side slower by `effect`, looked at once.
compare::paired_samples pairs(const std::string& name, std::size_t n, double effect, double spread,
                              std::size_t family = 1) {
  std::mt19937_64 random(n);
  std::normal_distribution<> noise(0, spread);
  compare::paired_samples out{.name = name,
                              .old_seconds = {},
                              .new_seconds = {},
                              .log_ratios = {},
                              .test = stats::sequential_test({.family = family}),
                              .pair_seconds = 0.1,
                              .failure = {}};
  for (std::size_t i = 0; i < n; ++i) {
    out.log_ratios.push_back(std::log1p(effect) + noise(random));
    out.old_seconds.push_back(1e-6);
    out.new_seconds.push_back(1e-6 * std::exp(out.log_ratios.back()));
  }
  if (n > 0) {
    out.test.look({out.log_ratios.data(), std::min<std::size_t>(n, 12)});
    out.test.look(out.log_ratios);
    out.test.look(out.log_ratios);
  }
  return out;
}

compare::comparison compared(std::vector<compare::paired_samples> rows, bool is_biased = false) {
  return compare::compare_pairs({.rows = std::move(rows),
                                 .only_old = {"gone"},
                                 .only_new = {"fresh"},
                                 .is_biased = is_biased,
                                 .control = "+4% ... +5%"},
                                {});
}

const std::string& code_of(const compare::row& row) {
  REQUIRE_FALSE(row.warnings.empty());
  return row.warnings.front().code;
}

}  // namespace

TEST_CASE("pairs become rows with ratio, interval and verdict") {
  const auto got = compared({pairs("slow", 40, 0.1, 0.02, 3), pairs("fast", 40, -0.1, 0.02, 3),
                             pairs("same", 60, 0, 0.002, 3)});
  CHECK(got.family == 3);
  CHECK(got.by.correction == "holm");
  REQUIRE(got.rows.size() == 5);
  CHECK(got.rows[0].what == verdict::slower);
  CHECK(*got.rows[0].ratio == Approx(1.1).margin(0.01));
  CHECK(got.rows[0].ci->low < 1.1);
  CHECK(got.rows[0].ci->high > 1.1);
  CHECK(*got.rows[0].p_adjusted >= *got.rows[0].p);
  CHECK(got.rows[1].what == verdict::faster);
  CHECK(got.rows[2].what == verdict::same);
  CHECK(got.rows[3].what == verdict::only_old);
  CHECK(got.rows[4].what == verdict::only_new);
  REQUIRE(got.geomeans.size() == 1);
  CHECK(got.geomeans[0].rows == 3);
}

TEST_CASE("what is not decided says how much more it takes") {
  const auto got = compared({pairs("open", 20, 0.012, 0.05)});
  CHECK(got.rows[0].what == verdict::unsure);
  CHECK(code_of(got.rows[0]) == "undecided");
  const auto few = compared({pairs("few", 2, 0.5, 0.01)});
  CHECK(few.rows[0].what == verdict::unsure);
  CHECK(few.rows[0].samples_needed == 8U);
}

TEST_CASE("a control that differs, or explains the change, takes the verdict away") {
  const auto biased = compared({pairs("slow", 40, 0.1, 0.02)}, true);
  CHECK(biased.rows[0].what == verdict::unsure);
  CHECK(biased.warnings.front().code == "control-biased");
  auto row = pairs("slow", 40, 0.1, 0.02);
  row.is_clear = false;
  const auto unclear = compared({row});
  CHECK(unclear.rows[0].what == verdict::unsure);
  CHECK(code_of(unclear.rows[0]) == "control");
}

TEST_CASE("a ratio that drifts is not judged") {
  auto row = pairs("drifting", 40, 0.1, 0.001);
  for (std::size_t i = 0; i < row.log_ratios.size(); ++i) {
    row.log_ratios[i] += 0.01 * static_cast<double>(i);
  }
  const auto got = compared({row});
  CHECK(got.rows[0].what == verdict::unsure);
  CHECK(code_of(got.rows[0]) == "drift");
}

TEST_CASE("a failure on one side is told with its side") {
  auto row = pairs("bad", 3, 0, 0.01);
  row.failure = "killed by SIGSEGV";
  row.failed_on_new = true;
  auto none = pairs("never", 0, 0, 0.01);
  none.failure = "exit status 1";
  const auto got = compared({row, none});
  CHECK(got.rows[0].what == verdict::only_old);
  CHECK(got.rows[0].warnings.back().text == "on the new side: killed by SIGSEGV");
  CHECK(got.rows[1].what == verdict::only_new);
  CHECK_FALSE(got.rows[1].ratio);
}
