#include "core/formats/timing_json.hpp"

#include <algorithm>
#include <map>
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

// "n=1/size=4k", for names that alone are not apart.
std::string spelled(const std::map<std::string, std::string>& parameters) {
  std::string out;
  for (const auto& [key, value] : parameters) out += "/" + key + "=" + value;
  return out;
}

void read_hyperfine(const json_cursor& root, recording& out) {
  out.kind = recording_kind::hyperfine;
  std::map<std::string, int> uses;
  root.member("results").each(
      [&](const json_cursor& result) { ++uses[result.member("command").text()]; });
  std::set<std::string> names;
  std::vector<std::string> failing;
  root.member("results").each([&](const json_cursor& result) {
    recorded_scenario one;
    one.name = result.member("command").text();
    if (const auto parameters = result.maybe("parameters")) {
      parameters->each_member([&](const std::string& key, const json_cursor& value) {
        one.settings[key] = value.text();
      });
    }
    if (uses[one.name] > 1) one.name += spelled(one.settings);
    recorded_metric& metric = one.metrics[units::sec_per_op];
    if (const auto times = result.maybe("times")) {
      times->each([&](const json_cursor& value) { metric.values.push_back(time_at(value)); });
    }
    if (metric.values.empty()) metric.values.push_back(time_at(result.member("median")));
    bool has_failed = false;
    if (const auto codes = result.maybe("exit_codes")) {
      codes->each([&](const json_cursor& code) { has_failed |= code.is_number_but(0); });
    }
    if (has_failed) failing.push_back(one.name);
    add(out, names, std::move(one), result);
  });
  if (failing.empty()) return;
  out.warnings.push_back(
      {.code = "failing-command",
       .text = "'" + failing.front() + "'" +
               (failing.size() > 1 ? " and " + std::to_string(failing.size() - 1) + " more" : "") +
               " ended with an exit status other than 0",
       .next = "what fails early is fast: check its output"});
}

// Times are of one iteration, which does `batch` operations.
void read_nanobench(const json_cursor& root, recording& out) {
  out.kind = recording_kind::nanobench;
  std::set<std::string> titles;
  root.member("results").each([&](const json_cursor& result) {
    if (const auto title = result.maybe("title")) titles.insert(title->text());
  });
  std::set<std::string> names;
  bool is_repeated = false;
  root.member("results").each([&](const json_cursor& result) {
    recorded_scenario one;
    one.name = result.member("name").text();
    const auto title = result.maybe("title");
    if (titles.size() > 1 && title) one.name.insert(0, title->text() + "/");
    const auto batch_at = result.maybe("batch");
    const double batch = batch_at ? batch_at->number() : 1;
    if (!(batch > 0)) batch_at->fail("a batch of nothing");
    const auto unit = result.maybe("unit");
    const std::string name = unit && !unit->text().empty() ? unit->text() : "op";
    recorded_metric& times = one.metrics["sec/" + name];
    if (const auto rounds = result.maybe("measurements")) {
      rounds->each([&](const json_cursor& round) {
        times.values.push_back(time_at(round.member("elapsed")) / batch);
        const auto instructions = round.maybe("instructions");
        if (instructions && instructions->number() > 0) {
          one.metrics["instructions/" + name].values.push_back(instructions->number() / batch);
        }
      });
    }
    if (times.values.empty()) {
      times.values.push_back(time_at(result.member("median(elapsed)")) / batch);
    }
    is_repeated = is_repeated || times.values.size() > 1;
    add(out, names, std::move(one), result);
  });
  if (is_repeated) {
    out.warnings.push_back(
        {.code = "one-process", .text = one_process_text, .next = one_process_next});
  }
}

}  // namespace

base::result<recording> read_results_json(std::string_view text) {
  const auto document = parse_json(text);
  if (!document) return document.error();
  std::optional<base::error> problem;
  const json_cursor root(*document, problem);
  recording out;
  const auto results = document->find("results");
  const bool is_nanobench = results != document->end() && results->is_array() &&
                            !results->empty() && results->front().contains("median(elapsed)");
  if (is_nanobench) {
    read_nanobench(root, out);
  } else {
    read_hyperfine(root, out);
  }
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
