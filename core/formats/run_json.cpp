#include "core/formats/run_json.hpp"

#include <nlohmann/json.hpp>

#include "core/formats/model_json.hpp"

namespace nevaperf::formats {

// One scenario a line: a file is never one document in memory while it is written, and two files
// can be compared by line tools.
base::result<std::string> write_run(const model::run& data) {
  const auto member = [](const char* key, const nlohmann::ordered_json& value) {
    return "\"" + std::string(key) + "\":" + compact(value) + ",\n";
  };
  std::string out = "{" + member("schema", model::run_schema);
  out += member("id", data.id);
  out += member("created", data.created);
  out += member("tool", data.tool);
  if (auto checked = check_finite(data.environment); !checked) return checked.error();
  out += member("environment", to_json(data.environment));
  out += "\"scenarios\":[";
  for (std::size_t i = 0; i < data.scenarios.size(); ++i) {
    if (auto checked = check_finite(data.scenarios[i]); !checked) return checked.error();
    out += i == 0 ? "\n" : ",\n";
    out += compact(to_json(data.scenarios[i]));
  }
  out += "\n],\n\"warnings\":" + compact(to_json(data.warnings)) + "}\n";
  return out;
}

base::result<model::run> read_run(std::string_view text) {
  const auto document = parse_json(text);
  if (!document) return document.error();
  std::optional<base::error> problem;
  const json_cursor root(*document, problem);
  model::run out = run_from(root);
  if (problem) return *problem;
  return out;
}

}  // namespace nevaperf::formats
