#include "core/formats/timing_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/formats/json_cursor.hpp"
#include "core/units/quantity.hpp"

namespace nevaperf::formats {

namespace {

double time_at(const json_cursor& at) {
  const double value = at.number();
  if (value < 0) at.fail("a negative time");
  return value;
}

double middle_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

// Adds the scenario, whose name must be new.
void add(recording& into, std::set<std::string>& names, recorded_scenario one,
         const json_cursor& at) {
  if (one.name.empty()) at.fail("a result needs a name");
  if (!names.insert(one.name).second) at.fail("'" + one.name + "' appears twice");
  into.scenarios.push_back(std::move(one));
}

base::result<recording> finished(recording out, const std::optional<base::error>& problem) {
  if (problem) return *problem;
  if (out.scenarios.empty()) {
    return base::error{.what = "there is no benchmark result in it", .where = "", .next = ""};
  }
  return out;
}

std::string pyperf_unit(const json_cursor& metadata) {
  const auto unit = metadata.maybe("unit");
  const std::string text = unit ? unit->text() : "second";
  if (text == "second") return units::sec_per_op;
  if (text == "byte") return "B";
  if (text == "integer") return "count";
  unit->fail("unknown unit; it is second, byte or integer");
  return "";
}

recorded_scenario pyperf_scenario(const json_cursor& at, const std::optional<json_cursor>& shared) {
  recorded_scenario out;
  const auto own = at.maybe("metadata");
  const auto named = own && own->maybe("name") ? own : shared;
  if (named) {
    if (const auto name = named->maybe("name")) out.name = name->text();
  }
  const auto with_unit = own && own->maybe("unit") ? own : shared;
  const std::string unit = with_unit ? pyperf_unit(*with_unit) : units::sec_per_op;
  at.member("runs").each([&](const json_cursor& run) {
    const auto values = run.maybe("values");
    if (!values) return;  // a run that only calibrates
    std::vector<double> of_run;
    values->each([&](const json_cursor& value) { of_run.push_back(time_at(value)); });
    if (!of_run.empty()) out.metrics[unit].values.push_back(middle_of(std::move(of_run)));
  });
  return out;
}

}  // namespace

base::result<recording> read_hyperfine_json(std::string_view text) {
  const auto document = parse_json(text);
  if (!document) return document.error();
  std::optional<base::error> problem;
  const json_cursor root(*document, problem);
  recording out;
  out.kind = recording_kind::hyperfine;
  std::set<std::string> names;
  root.member("results").each([&](const json_cursor& result) {
    recorded_scenario one;
    one.name = result.member("command").text();
    recorded_metric& metric = one.metrics[units::sec_per_op];
    if (const auto times = result.maybe("times")) {
      times->each([&](const json_cursor& value) { metric.values.push_back(time_at(value)); });
    }
    if (metric.values.empty()) metric.values.push_back(time_at(result.member("median")));
    add(out, names, std::move(one), result);
  });
  return finished(std::move(out), problem);
}

base::result<recording> read_pyperf_json(std::string_view text) {
  const auto document = parse_json(text);
  if (!document) return document.error();
  std::optional<base::error> problem;
  const json_cursor root(*document, problem);
  recording out;
  out.kind = recording_kind::pyperf;
  const auto shared = root.maybe("metadata");
  if (shared) {
    if (const auto host = shared->maybe("hostname")) out.environment.host = host->text();
    if (const auto cpu = shared->maybe("cpu_model_name")) out.environment.cpu_model = cpu->text();
  }
  std::set<std::string> names;
  root.member("benchmarks").each([&](const json_cursor& benchmark) {
    add(out, names, pyperf_scenario(benchmark, shared), benchmark);
  });
  return finished(std::move(out), problem);
}

}  // namespace nevaperf::formats
