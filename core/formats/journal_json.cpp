#include "core/formats/journal_json.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/formats/model_json.hpp"

namespace nevaperf::formats {

using nlohmann::ordered_json;

base::result<std::string> write_plan_line(const model::run_plan& plan) {
  ordered_json out;
  out["schema"] = journal_schema;
  out["id"] = plan.id;
  out["created"] = plan.created;
  out["tool"] = plan.tool;
  out["arguments"] = plan.arguments;
  out["scenarios"] = plan.scenarios;
  out["environment"] = to_json(plan.environment);
  return compact(out) + "\n";
}

base::result<std::string> write_result_line(const model::process_result& result) {
  ordered_json out;
  out["scenario"] = result.scenario;
  out["process"] = result.process;
  out["status"] = model::to_text(result.status);
  if (!result.failure.empty()) out["failure"] = result.failure;
  ordered_json values = ordered_json::object();
  for (const auto& [unit, list] : result.values) {
    if (!std::all_of(list.begin(), list.end(), [](double v) { return std::isfinite(v); })) {
      return base::error{.what = "a value of " + unit + " is not finite and cannot be stored",
                         .where = "scenario '" + result.scenario + "'",
                         .next = "check the benchmark's own counters"};
    }
    values[unit] = list;
  }
  out["values"] = std::move(values);
  if (!result.warnings.empty()) out["warnings"] = to_json(result.warnings);
  return compact(out) + "\n";
}

base::result<model::run_plan> read_plan_line(std::string_view line) {
  const auto document = parse_json(line);
  if (!document) return document.error();
  std::optional<base::error> problem;
  const json_cursor root(*document, problem);
  expect_schema(root, journal_schema);
  model::run_plan out;
  out.id = root.member("id").text();
  out.created = root.member("created").text();
  out.tool = root.member("tool").text();
  out.arguments = texts_from(root.member("arguments"));
  out.scenarios = texts_from(root.member("scenarios"));
  out.environment = environment_from(root.member("environment"));
  if (problem) return *problem;
  return out;
}

base::result<model::process_result> read_result_line(std::string_view line) {
  const auto document = parse_json(line);
  if (!document) return document.error();
  std::optional<base::error> problem;
  const json_cursor root(*document, problem);
  model::process_result out;
  out.scenario = root.member("scenario").text();
  out.process = static_cast<std::uint32_t>(
      root.member("process").count(std::numeric_limits<std::uint32_t>::max()));
  out.status = status_from(root.member("status"));
  if (const auto failure = root.maybe("failure")) out.failure = failure->text();
  if ((out.status == model::scenario_status::ok) != out.failure.empty()) {
    root.fail("a failure text belongs to every status but ok, and to no other");
  }
  root.member("values").each_member([&](const std::string& unit, const json_cursor& list) {
    std::vector<double>& values = out.values[unit];
    list.each([&](const json_cursor& value) { values.push_back(value.number()); });
  });
  if (const auto warnings = root.maybe("warnings")) out.warnings = warnings_from(*warnings);
  if (problem) return *problem;
  return out;
}

}  // namespace nevaperf::formats
