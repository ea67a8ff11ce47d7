#include "core/formats/model_json.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <type_traits>

namespace nevaperf::formats {

namespace {

using nlohmann::ordered_json;

ordered_json to_json(const model::metric& data) {
  ordered_json out;
  out["median"] = data.median;
  out["ci"] = {data.ci.low, data.ci.high};
  out["confidence"] = data.confidence;
  out["n"] = data.n;
  out["method"] = data.method;
  ordered_json values = ordered_json::array();
  ordered_json processes = ordered_json::array();
  bool is_plain = true;
  for (const model::sample& one : data.samples) {
    is_plain = is_plain && one.process == values.size();
    values.push_back(one.value);
    processes.push_back(one.process);
  }
  out["samples"] = std::move(values);
  if (!is_plain) out["processes"] = std::move(processes);
  if (!data.slices.empty()) {
    ordered_json slices = ordered_json::array();
    for (const model::sample& one : data.slices) slices.push_back({one.process, one.value});
    out["slices"] = std::move(slices);
  }
  return out;
}

constexpr std::uint64_t process_limit = std::numeric_limits<std::uint32_t>::max();

std::vector<model::sample> samples_from(const json_cursor& at) {
  std::vector<model::sample> samples;
  at.member("samples").each([&](const json_cursor& value) {
    samples.push_back({value.number(), static_cast<std::uint32_t>(samples.size())});
  });
  const auto processes = at.maybe("processes");
  if (!processes) return samples;
  processes->expect_size(samples.size());
  std::size_t i = 0;
  std::set<std::uint32_t> seen;
  processes->each([&](const json_cursor& process) {
    samples[i].process = static_cast<std::uint32_t>(process.count(process_limit));
    if (!seen.insert(samples[i].process).second) process.fail("the same process twice");
    ++i;
  });
  return samples;
}

model::metric metric_from(const json_cursor& at) {
  model::metric out;
  out.median = at.member("median").number();
  const json_cursor ci = at.member("ci");
  ci.expect_size(2);
  out.ci = {ci.element(0).number(), ci.element(1).number()};
  const json_cursor confidence = at.member("confidence");
  out.confidence = confidence.number();
  out.method = at.member("method").text();
  out.samples = samples_from(at);
  const json_cursor n = at.member("n");
  out.n = n.count(std::numeric_limits<std::uint64_t>::max());
  if (const auto slices = at.maybe("slices")) {
    slices->each([&](const json_cursor& slice) {
      slice.expect_size(2);
      const std::uint64_t process = slice.element(0).count(process_limit);
      out.slices.push_back({slice.element(1).number(), static_cast<std::uint32_t>(process)});
    });
  }
  if (!(out.ci.low <= out.median && out.median <= out.ci.high)) {
    ci.fail("the interval does not contain the median");
  }
  if (out.confidence < 0 || out.confidence > 1) confidence.fail("not between 0 and 1");
  if (out.n != out.samples.size()) n.fail("not the number of samples");
  return out;
}

base::result<void> not_finite(const std::string& scenario, const std::string& unit) {
  return base::error{.what = "a value of " + unit + " is not finite and cannot be stored",
                     .where = "scenario '" + scenario + "'",
                     .next = "this is a defect of nevaperf or of the benchmark's own counters"};
}

}  // namespace

std::string compact(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

ordered_json to_json(const model::environment& data) {
  ordered_json out = ordered_json::object();
  model::for_each_field(data, data, [&](const char* name, const auto& value, const auto&) {
    if (value) out[name] = *value;
  });
  return out;
}

ordered_json to_json(const std::vector<model::warning>& data) {
  ordered_json out = ordered_json::array();
  for (const model::warning& one : data) {
    out.push_back(ordered_json{{"code", one.code}, {"text", one.text}, {"next", one.next}});
  }
  return out;
}

ordered_json to_json(const model::scenario& data) {
  ordered_json out;
  out["name"] = data.name;
  out["tags"] = data.tags;
  out["description"] = data.description;
  out["status"] = model::to_text(data.status);
  if (!data.failure.empty()) out["failure"] = data.failure;
  ordered_json metrics = ordered_json::object();
  for (const auto& [unit, metric] : data.metrics) metrics[unit] = to_json(metric);
  out["metrics"] = std::move(metrics);
  out["warnings"] = to_json(data.warnings);
  return out;
}

base::result<void> check_finite(const model::environment& data) {
  base::result<void> out;
  model::for_each_field(data, data, [&](const char* name, const auto& value, const auto&) {
    if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::optional<double>>) {
      if (!value || std::isfinite(*value)) return;
      out = base::error{.what = "the " + std::string(name) + " is not finite",
                        .where = "environment",
                        .next = ""};
    }
  });
  return out;
}

base::result<void> check_finite(const model::scenario& data) {
  for (const auto& [unit, metric] : data.metrics) {
    const auto finite = [](const model::sample& one) { return std::isfinite(one.value); };
    const bool all_finite = std::isfinite(metric.median) && std::isfinite(metric.ci.low) &&
                            std::isfinite(metric.ci.high) && std::isfinite(metric.confidence) &&
                            std::all_of(metric.samples.begin(), metric.samples.end(), finite) &&
                            std::all_of(metric.slices.begin(), metric.slices.end(), finite);
    if (!all_finite) return not_finite(data.name, unit);
  }
  return {};
}

model::environment environment_from(const json_cursor& at) {
  model::environment out;
  model::for_each_field(out, out, [&](const char* name, auto& value, auto&) {
    const auto found = at.maybe(name);
    if (!found) return;
    using type = typename std::decay_t<decltype(value)>::value_type;
    if constexpr (std::is_same_v<type, std::string>) {
      value = found->text();
    } else if constexpr (std::is_same_v<type, bool>) {
      value = found->truth();
    } else if constexpr (std::is_same_v<type, double>) {
      value = found->number();
    } else {
      value = static_cast<type>(found->count(std::numeric_limits<type>::max()));
    }
  });
  return out;
}

std::vector<model::warning> warnings_from(const json_cursor& at) {
  std::vector<model::warning> out;
  at.each([&](const json_cursor& one) {
    out.push_back(
        {one.member("code").text(), one.member("text").text(), one.member("next").text()});
  });
  return out;
}

std::vector<std::string> texts_from(const json_cursor& at) {
  std::vector<std::string> out;
  at.each([&](const json_cursor& one) { out.push_back(one.text()); });
  return out;
}

model::scenario_status status_from(const json_cursor& at) {
  const std::string text = at.text();
  const auto status = model::status_from_text(text);
  if (!status) at.fail("unknown status; it is one of ok, failed, crashed, timed out, skipped");
  return status.value_or(model::scenario_status::failed);
}

model::scenario scenario_from(const json_cursor& at) {
  model::scenario out;
  const json_cursor name = at.member("name");
  out.name = name.text();
  if (out.name.empty()) name.fail("a scenario needs a name");
  if (const auto tags = at.maybe("tags")) out.tags = texts_from(*tags);
  if (const auto description = at.maybe("description")) out.description = description->text();
  if (const auto status = at.maybe("status")) out.status = status_from(*status);
  if (const auto failure = at.maybe("failure")) out.failure = failure->text();
  if ((out.status == model::scenario_status::ok) != out.failure.empty()) {
    at.fail("a failure text belongs to every status but ok, and to no other");
  }
  at.member("metrics").each_member([&](const std::string& unit, const json_cursor& metric) {
    if (unit.empty()) metric.fail("a metric needs a unit");
    out.metrics.emplace(unit, metric_from(metric));
  });
  if (const auto warnings = at.maybe("warnings")) out.warnings = warnings_from(*warnings);
  return out;
}

model::run run_from(const json_cursor& at) {
  expect_schema(at, model::run_schema);
  model::run out;
  out.id = at.member("id").text();
  out.created = at.member("created").text();
  out.tool = at.member("tool").text();
  out.environment = environment_from(at.member("environment"));
  std::set<std::string> names;
  at.member("scenarios").each([&](const json_cursor& one) {
    out.scenarios.push_back(scenario_from(one));
    const std::string& name = out.scenarios.back().name;
    if (!names.insert(name).second) one.fail("scenario '" + name + "' appears twice");
  });
  if (const auto warnings = at.maybe("warnings")) out.warnings = warnings_from(*warnings);
  return out;
}

void expect_schema(const json_cursor& at, std::string_view schema) {
  const json_cursor found = at.member("schema");
  const std::string text = found.text();
  if (found.failed() || text == schema) return;
  const std::string_view family = schema.substr(0, schema.find('/') + 1);
  if (text.starts_with(family)) {
    found.fail("version '" + text + "' is not known, only '" + std::string(schema) +
               "'; use the nevaperf that wrote it");
  } else {
    found.fail("this is '" + text + "', not '" + std::string(schema) + "'");
  }
}

}  // namespace nevaperf::formats
