#include "core/measure/condense.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"

using namespace nevaperf;
using measure::condense;

namespace {

const measure::subject hop{"hop", {"micro"}, "one message", {"worker"}};

model::process_result timed(std::uint32_t process, std::vector<double> seconds) {
  model::process_result out;
  out.scenario = "hop";
  out.process = process;
  out.values["sec/op"] = std::move(seconds);
  return out;
}

bool has_warning(const model::scenario& scenario, const std::string& code) {
  return std::any_of(scenario.warnings.begin(), scenario.warnings.end(),
                     [&](const model::warning& one) { return one.code == code; });
}

}  // namespace

TEST_CASE("the sample of a process is the median of its slices") {
  std::vector<model::process_result> results;
  for (std::uint32_t i = 0; i < 6; ++i) results.push_back(timed(i, {9.0, 1.0 + i, 0.5}));
  const model::scenario got = condense(hop, results);
  const model::metric& time = got.metrics.at("sec/op");
  CHECK(time.n == 6);
  CHECK(time.median == 3.5);
  CHECK(time.ci == model::interval{1, 6});
  CHECK(time.confidence == Approx(0.96875));
  CHECK(time.method == "order-statistic");
  CHECK(time.samples[2] == model::sample{3.0, 2});
  CHECK(time.slices.size() == 18);
  CHECK(time.slices[3] == model::sample{9.0, 1});
  CHECK(got.name == "hop");
  CHECK(got.tags == hop.tags);
  CHECK(got.description == hop.description);
  CHECK(got.status == model::scenario_status::ok);
  CHECK(has_warning(got, "wide-interval"));
}

TEST_CASE("samples that agree raise no doubt") {
  std::vector<model::process_result> results;
  for (std::uint32_t i = 0; i < 6; ++i) results.push_back(timed(i, {1.0 + 0.01 * i}));
  CHECK(condense(hop, results).warnings.empty());
}

TEST_CASE("too few processes are a doubt") {
  std::vector<model::process_result> results;
  for (std::uint32_t i = 0; i < 5; ++i) results.push_back(timed(i, {1.0}));
  const model::scenario got = condense(hop, results);
  CHECK(has_warning(got, "few-samples"));
  CHECK(got.metrics.at("sec/op").method == "range");
}

TEST_CASE("counts are exact and taken once") {
  auto first = timed(0, {1.0});
  first.values["allocs/op"] = {2};
  auto again = timed(1, {1.0});
  again.values["allocs/op"] = {3};
  const model::scenario got = condense(hop, std::vector{first, again});
  const model::metric& counted = got.metrics.at("allocs/op");
  CHECK(counted.median == 2);
  CHECK(counted.ci == model::interval{2, 2});
  CHECK(counted.n == 1);
  CHECK(counted.method == "exact");
}

TEST_CASE("instructions are exact if both counts agree, else a doubt") {
  auto first = timed(0, {1.0});
  first.values["instructions/op"] = {200, 200};
  const model::metric same = condense(hop, std::vector{first}).metrics.at("instructions/op");
  CHECK(same.median == 200);
  CHECK(same.method == "exact");
  CHECK(same.samples == std::vector<model::sample>{{200, 0}, {200, 1}});
  first.values["instructions/op"] = {200, 210};
  const model::scenario got = condense(hop, std::vector{first});
  CHECK(got.metrics.at("instructions/op").method == "range");
  CHECK(got.metrics.at("instructions/op").ci == model::interval{200, 210});
  CHECK(has_warning(got, "instructions-vary"));
}

TEST_CASE("why a metric is missing is said once") {
  std::vector<model::process_result> results = {timed(0, {1}), timed(1, {1})};
  for (auto& one : results) one.warnings = {{"no-usage", "older build", "measure again"}};
  const model::scenario got = condense(hop, results);
  CHECK(std::count_if(got.warnings.begin(), got.warnings.end(),
                      [](const auto& one) { return one.code == "no-usage"; }) == 1);
}

TEST_CASE("a failure keeps what was measured before") {
  model::process_result crash;
  crash.scenario = "hop";
  crash.process = 2;
  crash.status = model::scenario_status::crashed;
  crash.failure = "killed by SIGSEGV";
  const model::scenario got = condense(hop, std::vector{timed(0, {1}), timed(1, {2}), crash});
  CHECK(got.status == model::scenario_status::crashed);
  CHECK(got.failure == "killed by SIGSEGV");
  CHECK(got.metrics.at("sec/op").n == 2);
}

TEST_CASE("a scenario that never ran is skipped") {
  auto other = timed(0, {1});
  other.scenario = "ping_pong";
  const model::scenario got = condense(hop, std::vector{other});
  CHECK(got.status == model::scenario_status::skipped);
  CHECK_FALSE(got.failure.empty());
  CHECK(got.metrics.empty());
}
