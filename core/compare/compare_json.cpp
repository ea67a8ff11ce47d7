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

}  // namespace

std::string to_json_text(const comparison& data) {
  ordered_json method;
  method["test"] = "mann-whitney";
  method["correction"] = "benjamini-hochberg";
  method["ratio"] = "hodges-lehmann";
  method["median_interval"] = "order-statistic";
  method["confidence"] = data.how.confidence;
  method["alpha"] = data.how.alpha;
  method["threshold"] = data.how.margin;
  method["tests"] = data.family;
  ordered_json summary;
  for (const verdict what : {verdict::slower, verdict::faster, verdict::same, verdict::unsure,
                             verdict::only_old, verdict::only_new}) {
    summary[to_text(what)] = data.count(what);
  }
  const auto member = [](const char* key, const ordered_json& value) {
    return "\"" + std::string(key) + "\":" + formats::compact(value) + ",\n";
  };
  return "{" + member("schema", compare_schema) + member("old", data.old_label) +
         member("new", data.new_label) + member("method", method) + member("summary", summary) +
         "\"rows\":" + lines(data.rows) + ",\n\"geomean\":" + lines(data.geomeans) +
         ",\n\"warnings\":" + formats::compact(formats::to_json(data.warnings)) + "}\n";
}

}  // namespace nevaperf::compare
