#include "core/compare/compare_json.hpp"

#include <nlohmann/json.hpp>

#include "core/formats/model_json.hpp"

namespace nevaperf::compare {

namespace {

using nlohmann::ordered_json;

ordered_json number_or_null(const std::optional<double>& value) {
  return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json ends(const model::interval& ci) {
  return {ci.low, ci.high};
}

ordered_json to_json(const row& one) {
  ordered_json out;
  out["name"] = one.name;
  out["unit"] = one.unit;
  const auto put_side = [&](const std::string& key, const std::optional<side>& from) {
    out[key] = from ? ordered_json(from->median) : ordered_json(nullptr);
    out[key + "_ci"] = from ? ends(from->ci) : ordered_json(nullptr);
  };
  put_side("old", one.old_side);
  put_side("new", one.new_side);
  out["ratio"] = number_or_null(one.ratio);
  out["ci"] = one.ci ? ends(*one.ci) : ordered_json(nullptr);
  out["p"] = number_or_null(one.p);
  out["p_adjusted"] = number_or_null(one.p_adjusted);
  out["n_old"] = one.old_side ? one.old_side->n : 0;
  out["n_new"] = one.new_side ? one.new_side->n : 0;
  out["method"] = one.method.empty() ? ordered_json(nullptr) : ordered_json(one.method);
  out["verdict"] = to_text(one.what);
  if (one.samples_needed) out["samples_needed"] = *one.samples_needed;
  out["warnings"] = formats::to_json(one.warnings);
  return out;
}

ordered_json to_json(const geomean& one) {
  ordered_json out;
  out["unit"] = one.unit;
  out["old"] = one.old_value;
  out["new"] = one.new_value;
  out["ratio"] = one.ratio;
  out["rows"] = one.rows;
  return out;
}

template <class List>
std::string lines(const List& list) {
  std::string out = "[";
  const char* before = "\n";
  for (const auto& one : list) {
    out += before + formats::compact(to_json(one));
    before = ",\n";
  }
  return out + "]";
}

std::string member(const char* key, const ordered_json& value) {
  return "\"" + std::string(key) + "\":" + formats::compact(value) + ",\n";
}

ordered_json method_of(const comparison& data) {
  ordered_json out;
  out["test"] = data.by.test;
  out["correction"] = data.by.correction;
  out["ratio"] = data.by.ratio;
  out["median_interval"] = data.by.median_interval;
  out["confidence"] = data.how.confidence;
  out["alpha"] = data.how.alpha;
  out["verdict_alpha"] = data.how.verdict_alpha;
  out["threshold"] = data.how.margin;
  out["tests"] = data.family;
  return out;
}

template <class Counted>
ordered_json summary_of(const Counted& data) {
  ordered_json out;
  for (const verdict what : {verdict::slower, verdict::faster, verdict::same, verdict::unsure,
                             verdict::only_old, verdict::only_new}) {
    out[to_text(what)] = data.count(what);
  }
  return out;
}

// From "summary" on, what a document and an element of "comparisons" have in common.
std::string body(const comparison& data, const std::vector<model::warning>& more) {
  std::vector<model::warning> warnings = data.warnings;
  warnings.insert(warnings.end(), more.begin(), more.end());
  return member("summary", summary_of(data)) + "\"rows\":" + lines(data.rows) +
         ",\n\"geomean\":" + lines(data.geomeans) +
         ",\n\"warnings\":" + formats::compact(formats::to_json(warnings)) + "}";
}

std::string plain_document(const comparison& data, const std::vector<model::warning>& more) {
  return "{" + member("schema", compare_schema) + member("old", data.old_label) +
         member("new", data.new_label) + member("method", method_of(data)) + body(data, more) +
         "\n";
}

}  // namespace

std::string to_json_text(const comparison& data) {
  return plain_document(data, {});
}

std::string to_json_text(const comparison_set& data) {
  if (data.is_plain()) return plain_document(data.all.front(), data.warnings);
  std::string out = "{" + member("schema", compare_schema) + member("columns", data.columns) +
                    member("method", method_of(data.all.front())) +
                    member("summary", summary_of(data)) + "\"comparisons\":[";
  const char* before = "\n";
  for (const comparison& one : data.all) {
    out += before + std::string("{");
    if (data.is_grouped) {
      ordered_json group = ordered_json::object();
      for (const auto& [key, value] : one.group) group[key] = value;
      out += member("group", group);
    }
    out += member("old", one.old_label) + member("new", one.new_label) + body(one, {});
    before = ",\n";
  }
  return out + "],\n\"warnings\":" + formats::compact(formats::to_json(data.warnings)) + "}\n";
}

}  // namespace nevaperf::compare
