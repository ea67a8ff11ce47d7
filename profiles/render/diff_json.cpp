#include <nlohmann/json.hpp>

#include "profiles/render/diff_words.hpp"

namespace nevaperf::profiles {

namespace {

using nlohmann::json;

const char* bounds_name(bounds_from bounds) {
  switch (bounds) {
    case bounds_from::runs:
      return "runs";
    case bounds_from::counts:
      return "counts";
    case bounds_from::nothing:
      break;
  }
  return "none";
}

json value_json(const compared_value& value, const difference& d) {
  json made = {{"old", value.old_value},
               {"new", value.new_value},
               {"change", value.by.change},
               {"ci", nullptr},
               {"p", value.by.p}};
  if (d.bounds == bounds_from::nothing) {
    made["p"] = nullptr;
  } else {
    made["ci"] = {value.by.low, value.by.high};
  }
  return made;
}

}  // namespace

std::string diff_json(const difference& d, const diff_view_options& options) {
  json rows = json::array();
  for (const function_difference& f : d.functions)
    rows.push_back({{"function", f.function.name},
                    {"file", f.function.file},
                    {"module", f.function.module},
                    {"verdict", verdict_of(f)},
                    {"flat", value_json(f.flat, d)},
                    {"cumulative", value_json(f.cumulative, d)}});
  json warnings = json::array();
  for (const model::warning& w : d.doubts)
    warnings.push_back({{"code", w.code}, {"text", w.text}, {"next", w.next}});
  const std::size_t changed = d.changes();
  const json document = {
      {"schema", "nevaperf.profile_diff/1"},
      {"type", d.type},
      {"unit", d.unit},
      {"normalised", to_text(d.by)},
      {"bounds", bounds_name(d.bounds)},
      {"confidence", d.confidence},
      {"correction", "benjamini_hochberg"},
      {"old",
       {{"files", options.old_files}, {"total", d.total.old_value}, {"recorded", d.old_recorded}}},
      {"new",
       {{"files", options.new_files}, {"total", d.total.new_value}, {"recorded", d.new_recorded}}},
      {"total", value_json(d.total, d)},
      {"changed", changed},
      {"within_noise", d.functions.size() - changed},
      {"warnings", std::move(warnings)},
      {"rows", std::move(rows)}};
  return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace nevaperf::profiles
