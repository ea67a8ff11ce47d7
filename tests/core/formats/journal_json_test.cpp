#include "core/formats/journal_json.hpp"

#include <cmath>

#include "tests/support/catch.hpp"

using namespace nevaperf;
using namespace nevaperf::formats;

namespace {

bool is_one_line(const std::string& text) {
  return text.find('\n') == text.size() - 1;
}

}  // namespace

TEST_CASE("a plan and a result come back from their lines") {
  model::run_plan plan;
  plan.id = "id";
  plan.created = "2024-05-01T12:00:00Z";
  plan.tool = "0.1.0";
  plan.arguments = {"bench", "--time", "2s"};
  plan.scenarios = {"hop", "pipeline/8"};
  plan.environment.cores = 2;
  const auto plan_line = write_plan_line(plan);
  REQUIRE(plan_line);
  CHECK(is_one_line(*plan_line));
  CHECK(*read_plan_line(*plan_line) == plan);

  model::process_result result;
  result.scenario = "hop";
  result.process = 3;
  result.status = model::scenario_status::crashed;
  result.failure = "two\nlines";
  result.values = {{"sec/op", {1e-8, 2e-8}}, {"B/op", {}}};
  const auto line = write_result_line(result);
  REQUIRE(line);
  CHECK(is_one_line(*line));
  CHECK(*read_result_line(*line) == result);
}

TEST_CASE("lines that are not as they should be are refused") {
  model::process_result result;
  result.values["sec/op"] = {1, std::nan("")};
  CHECK_FALSE(write_result_line(result));
  const auto error_of = [](const char* text) { return read_result_line(text).error().line(); };
  CHECK(error_of(R"({"scenario":"hop","process":0,"status":"ok"})") == "/values: missing");
  CHECK(error_of(R"({"scenario":"hop","process":0,"status":"failed","values":{}})")
            .starts_with("a failure text belongs"));
  CHECK(error_of(R"({"scenario":"hop","process":0,"status":"ok","values":{"sec/op":[1,"2"]}})") ==
        "/values/sec~1op/1: expected a finite number, found \"2\"");
  CHECK(read_plan_line(R"({"schema":"nevaperf.journal/2"})").error().where == "/schema");
}
