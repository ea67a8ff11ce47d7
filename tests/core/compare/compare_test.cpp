#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <random>

#include "core/compare/compare_json.hpp"
#include "core/compare/compare_recordings.hpp"
#include "core/compare/unit_rules.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf;
using compare::verdict;

namespace {

// Ten samples around a middle with a spread of 1%.
std::vector<double> around(double middle, double spread = 0.01, int n = 10) {
  std::vector<double> out;
  for (int i = 0; i < n; ++i) {
    out.push_back(middle * (1 + spread * (((i * 7) % n) / (n - 1.0) - 0.5)));
  }
  return out;
}

formats::recording of(std::initializer_list<std::pair<const char*, std::vector<double>>> times,
                      const char* unit = "sec/op") {
  formats::recording out;
  for (const auto& [name, values] : times) {
    formats::recorded_scenario one;
    one.name = name;
    one.metrics[unit].values = values;
    out.scenarios.push_back(one);
  }
  return out;
}

compare::comparison compared(const formats::recording& before, const formats::recording& after,
                             const compare::options& how = {}) {
  const auto got = compare::compare_recordings({"a", before}, {"b", after}, how);
  REQUIRE(got);
  return *got;
}

const compare::row& row_of(const compare::comparison& data, const std::string& name) {
  const auto found = std::find_if(data.rows.begin(), data.rows.end(),
                                  [&](const compare::row& one) { return one.name == name; });
  REQUIRE(found != data.rows.end());
  return *found;
}

bool warns(const std::vector<model::warning>& list, const std::string& code) {
  return std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.code == code; });
}

}  // namespace

TEST_CASE("four verdicts and two for what is on one side") {
  const auto data = compared(of({{"slow", around(100)},
                                 {"fast", around(100)},
                                 {"same", around(100)},
                                 {"wide", around(100, 0.5)},
                                 {"gone", around(1)}}),
                             of({{"slow", around(110)},
                                 {"fast", around(90)},
                                 {"same", around(100.05)},
                                 {"wide", around(104, 0.5)},
                                 {"new", around(1)}}));
  CHECK(row_of(data, "slow").what == verdict::slower);
  CHECK(*row_of(data, "slow").ratio == Approx(1.1).epsilon(0.001));
  CHECK(row_of(data, "fast").what == verdict::faster);
  CHECK(row_of(data, "same").what == verdict::same);
  CHECK(row_of(data, "wide").what == verdict::unsure);
  CHECK(row_of(data, "wide").samples_needed.value_or(0) > 10);
  CHECK(row_of(data, "gone").what == verdict::only_old);
  CHECK(row_of(data, "new").what == verdict::only_new);
  CHECK(data.family == 4);
  CHECK(data.count(verdict::slower) == 1);
  REQUIRE(data.geomeans.size() == 1);
  CHECK(data.geomeans[0].rows == 4);
  CHECK(data.geomeans[0].ratio == Approx(std::pow(1.1 * 0.9 * 1.0005 * 1.04, 0.25)).epsilon(1e-3));
}

TEST_CASE("more of a rate is faster, of a counter nobody knows") {
  const auto rate =
      compared(of({{"x", around(100)}}, "items/s"), of({{"x", around(120)}}, "items/s"));
  CHECK(rate.rows[0].what == verdict::faster);
  const auto counter = compared(of({{"x", around(100)}}, "hits"), of({{"x", around(120)}}, "hits"));
  CHECK(counter.rows[0].what == verdict::unsure);
  CHECK(warns(counter.rows[0].warnings, "no-direction"));
  auto with_facts = of({{"x", around(100)}}, "hits");
  with_facts.units["hits"].direction = formats::better::more;
  CHECK(compared(with_facts, of({{"x", around(120)}}, "hits")).rows[0].what == verdict::faster);
}

TEST_CASE("counts are compared exactly where they do not vary") {
  const auto data = compared(
      of({{"a", {3, 3, 3}}, {"b", {3}}, {"c", {0}}, {"d", {3, 4, 3, 3, 4, 3}}}, "allocs/op"),
      of({{"a", {3, 3}}, {"b", {4}}, {"c", {2}}, {"d", {3, 4, 3, 4, 4, 3}}}, "allocs/op"));
  CHECK(row_of(data, "a").what == verdict::same);
  CHECK(row_of(data, "a").method == "exact");
  CHECK_FALSE(row_of(data, "a").p);
  CHECK(row_of(data, "b").what == verdict::slower);
  CHECK(row_of(data, "c").what == verdict::slower);
  CHECK_FALSE(row_of(data, "c").ratio);
  CHECK(row_of(data, "d").method == "mann-whitney");
  CHECK(warns(row_of(data, "d").warnings, "varies"));
  CHECK(data.family == 1);
}

TEST_CASE("too few samples decide nothing and say how many would") {
  const auto data = compared(of({{"x", {1.0, 1.01, 1.02}}}), of({{"x", {2.0, 2.01, 2.02}}}));
  CHECK(data.rows[0].what == verdict::unsure);
  CHECK(warns(data.rows[0].warnings, "few-samples"));
  CHECK(warns(data.warnings, "few-samples"));
}

TEST_CASE("the threshold moves the line") {
  const auto before = of({{"x", around(100)}});
  const auto after = of({{"x", around(105)}});
  CHECK(compared(before, after).rows[0].what == verdict::slower);
  CHECK(compared(before, after, {.margin = 0.1}).rows[0].what == verdict::same);
}

TEST_CASE("times of different machines are not judged, counts are") {
  auto before = of({{"x", around(100)}});
  before.scenarios[0].metrics["allocs/op"].values = {1};
  auto after = of({{"x", around(150)}});
  after.scenarios[0].metrics["allocs/op"].values = {2};
  before.environment.cpu_model = "one";
  after.environment.cpu_model = "two";
  const auto data = compared(before, after);
  CHECK(data.rows[0].what == verdict::unsure);
  CHECK(data.rows[1].what == verdict::slower);
  CHECK(warns(data.warnings, "other-cpu_model"));
  CHECK(warns(data.warnings, "not-comparable"));
  CHECK(compared(before, after, {.across_machines = true}).rows[0].what == verdict::slower);
  after.environment.cpu_model = "one";
  after.environment.kernel = "6.2";
  before.environment.kernel = "6.1";
  const auto doubted = compared(before, after);
  CHECK(doubted.rows[0].what == verdict::slower);
  CHECK(warns(doubted.warnings, "other-kernel"));
}

TEST_CASE("a scenario that failed is not a pass") {
  const auto before = of({{"x", around(100)}, {"y", around(1)}});
  auto after = of({{"x", around(100)}, {"y", around(1)}});
  after.scenarios[0].metrics.clear();
  after.scenarios[0].failure = "crashed: killed by SIGSEGV";
  const auto data = compared(before, after);
  CHECK(row_of(data, "x").what == verdict::only_old);
  CHECK(row_of(data, "x").warnings.at(0).text.find("SIGSEGV") != std::string::npos);
}

TEST_CASE("nothing in common is an error, the same data a doubt") {
  const auto got =
      compare::compare_recordings({"a", of({{"x", around(1)}})}, {"b", of({{"y", around(1)}})}, {});
  REQUIRE_FALSE(got);
  CHECK(got.error().line().find("no benchmark in common") != std::string::npos);
  const auto one = of({{"x", around(1)}});
  CHECK(warns(compared(one, one).warnings, "same-data"));
}

TEST_CASE("a file of one Go package fits one of several") {
  auto before = of({{"X", around(1)}});
  before.kind = formats::recording_kind::go_benchmark;
  before.package = "p/a";
  auto after = of({{"p/a.X", around(1.01)}, {"p/b.X", around(1)}});
  after.kind = formats::recording_kind::go_benchmark;
  const auto data = compared(before, after);
  CHECK(row_of(data, "p/a.X").new_side);
  CHECK(row_of(data, "p/b.X").what == verdict::only_new);
}

TEST_CASE("units have an order and a direction by their name") {
  CHECK(compare::better_of("sec/op") == formats::better::less);
  CHECK(compare::better_of("B/s") == formats::better::more);
  CHECK(compare::better_of("p99-sec") == formats::better::less);
  CHECK_FALSE(compare::better_of("hits"));
  CHECK(compare::rank_of("sec/op") < compare::rank_of("cpu-sec/op"));
  CHECK(compare::is_count("allocs/op"));
  CHECK_FALSE(compare::is_count("sec/op"));
}

TEST_CASE("the JSON has the promised shape") {
  const auto data =
      compared(of({{"slow", around(100)}, {"gone", around(1)}}), of({{"slow", around(110)}}));
  const auto json = nlohmann::json::parse(compare::to_json_text(data));
  CHECK(json["schema"] == "nevaperf.compare/1");
  CHECK(json["summary"]["slower"] == 1);
  CHECK(json["method"]["tests"] == 1);
  const auto& row = json["rows"][0];
  CHECK(row["name"] == "slow");
  CHECK(row["unit"] == "sec/op");
  CHECK(row["old"] == Approx(100));
  CHECK(row["ratio"] == Approx(1.1).epsilon(0.001));
  CHECK(row["ci"][0] < row["ratio"]);
  CHECK(row["ci"][1] > row["ratio"]);
  CHECK(row["p"] < 0.001);
  CHECK(row["n_old"] == 10);
  CHECK(row["verdict"] == "slower");
  CHECK(row["warnings"].empty());
  CHECK(json["rows"][1]["verdict"] == "only_old");
  CHECK(json["rows"][1]["new"].is_null());
  CHECK(json["rows"][1]["ratio"].is_null());
  CHECK(json["geomean"][0]["rows"] == 1);
}

namespace {

compare::comparison_set set_of(const std::vector<formats::recording>& columns,
                               std::vector<std::pair<std::string, std::string>> keys = {}) {
  compare::column_group group{std::move(keys), {}};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    group.columns.push_back({std::string(1, static_cast<char>('a' + i)), columns[i]});
  }
  auto got = compare::compare_columns(std::span(&group, 1), {});
  REQUIRE(got);
  return *std::move(got);
}

}  // namespace

TEST_CASE("every later column is compared with the first, all tests are one family") {
  const auto base = of({{"x", around(100)}, {"y", around(50)}});
  const auto set = set_of({base, of({{"x", around(110)}, {"y", around(50.01)}}),
                           of({{"x", around(90)}, {"y", around(50.02)}})});
  CHECK(set.columns == std::vector<std::string>{"a", "b", "c"});
  REQUIRE(set.all.size() == 2);
  CHECK_FALSE(set.is_plain());
  CHECK(set.all[0].rows[0].what == verdict::slower);
  CHECK(set.all[1].rows[0].what == verdict::faster);
  CHECK(set.all[1].old_label == "a");
  CHECK(set.all[0].family == 4);
  CHECK(set.count(verdict::same) == 2);
  // Corrected for four tests, not for two.
  CHECK(*set.all[0].rows[0].p_adjusted == Approx(2 * *set.all[0].rows[0].p));
}

TEST_CASE("one column is an error, a pair without anything in common a doubt") {
  const auto one = of({{"x", around(100)}});
  const compare::column_group alone{{}, {{"a", one}}};
  const auto got = compare::compare_columns(std::span(&alone, 1), {});
  REQUIRE_FALSE(got);
  CHECK(got.error().line().find("one column only: a") != std::string::npos);
  const auto set = set_of({one, of({{"x", around(100)}}), of({{"z", around(100)}})});
  CHECK(warns(set.all[1].warnings, "nothing-common"));
  CHECK_FALSE(warns(set.all[0].warnings, "nothing-common"));
}

TEST_CASE("what several inputs say of themselves is said once") {
  auto one = of({{"x", around(100)}});
  one.warnings.push_back({"one-process", "same luck", "again"});
  auto other = of({{"x", around(101)}});
  other.warnings = one.warnings;
  const auto data = compared(one, other);
  int count = 0;
  for (const auto& each : data.warnings) count += each.code == "one-process" ? 1 : 0;
  CHECK(count == 1);
  CHECK(warns(data.warnings, "one-process"));
}

TEST_CASE("the JSON of two columns stays as it was, of more it is a set") {
  const auto base = of({{"x", around(100)}});
  const auto other = of({{"x", around(110)}});
  CHECK(compare::to_json_text(set_of({base, other})) ==
        compare::to_json_text(compared(base, other)));
  const auto json = nlohmann::json::parse(
      compare::to_json_text(set_of({base, other, base}, {{"goos", "linux"}})));
  CHECK(json["schema"] == "nevaperf.compare/1");
  CHECK(json["columns"].size() == 3);
  CHECK(json["summary"]["slower"] == 1);
  REQUIRE(json["comparisons"].size() == 2);
  CHECK(json["comparisons"][0]["group"]["goos"] == "linux");
  CHECK(json["comparisons"][0]["rows"][0]["verdict"] == "slower");
  CHECK(json["comparisons"][1]["new"] == "c");
}

namespace {

// One sample of identical code under a kind of noise.
enum class noise_kind { normal, two_modes, heavy_tailed };

double noisy(noise_kind kind, double spread, std::mt19937_64& random) {
  std::normal_distribution<> normal(0, spread);
  if (kind == noise_kind::heavy_tailed) {
    return std::exp(std::student_t_distribution<>(2)(random) * spread);
  }
  const bool is_slow = kind == noise_kind::two_modes && std::bernoulli_distribution(0.25)(random);
  return std::exp(normal(random) + (is_slow ? std::log(1.1) : 0));
}

struct error_figures {
  int wrong_rows = 0;      // of identical code, called slower or faster
  int wrong_families = 0;  // of 100 scenarios, with at least one such row
  int found = 0;           // of the changed scenario, one in each family
};

error_figures simulate(int families, noise_kind kind, double spread, int n, double change) {
  std::mt19937_64 random(7);
  error_figures out;
  for (int family = 0; family < families; ++family) {
    formats::recording before;
    formats::recording after;
    for (int i = 0; i < 100; ++i) {
      for (formats::recording* side : {&before, &after}) {
        formats::recorded_scenario one;
        one.name = std::to_string(i);
        auto& values = one.metrics["sec/op"].values;
        const double factor = side == &after && i == 0 ? 1 + change : 1;
        for (int k = 0; k < n; ++k) values.push_back(factor * noisy(kind, spread, random));
        side->scenarios.push_back(std::move(one));
      }
    }
    const auto got = compare::compare_recordings({"a", before}, {"b", after}, {});
    int wrong = 0;
    for (const compare::row& one : got->rows) {
      const bool called = one.what == verdict::slower || one.what == verdict::faster;
      if (one.name == "0" && change > 0) {
        out.found += one.what == verdict::slower ? 1 : 0;
      } else {
        wrong += called ? 1 : 0;
      }
    }
    out.wrong_rows += wrong;
    out.wrong_families += wrong > 0 ? 1 : 0;
  }
  return out;
}

}  // namespace

TEST_CASE("identical code is hardly ever called slower or faster, a change among it is found") {
  // At most 1% of comparisons: of 100, three would be a chance of 8%, at .05 four are expected.
  CHECK(simulate(100, noise_kind::normal, 0.05, 10, 0).wrong_families <= 2);
  CHECK(simulate(20, noise_kind::normal, 0.01, 10, 0.05).found >= 19);
}

TEST_CASE("error figures of simulated comparisons", "[.][figures]") {
  constexpr int families = 1000;
  constexpr int changed = 200;
  const auto share = [](int count, int of) { return 100.0 * count / of; };
  const auto show = [&](const char* name, noise_kind kind, double spread, int n) {
    const error_figures none = simulate(families, kind, spread, n, 0);
    const error_figures small = simulate(changed, kind, spread, n, 0.03);
    const error_figures large = simulate(changed, kind, spread, n, 0.10);
    std::printf("| %s %.0f%% | %d | %.1f%% | %.4f%% | %.1f%% | %.1f%% |\n", name, 100 * spread, n,
                share(none.wrong_families, families), share(none.wrong_rows, families * 100),
                share(small.found, changed), share(large.found, changed));
    std::fflush(stdout);
  };
  for (const double spread : {0.01, 0.02, 0.05}) {
    for (const int n : {6, 10, 20, 30}) show("log-normal", noise_kind::normal, spread, n);
  }
  for (const int n : {10, 20}) show("two modes 1:3, 10% apart,", noise_kind::two_modes, 0.01, n);
  for (const int n : {10, 20}) show("heavy-tailed (t, 2)", noise_kind::heavy_tailed, 0.02, n);
}
