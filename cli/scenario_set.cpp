#include "cli/scenario_set.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <utility>

#include "core/formats/model_json.hpp"
#include "core/report/text_table.hpp"
#include "playbook/scenarios/families.hpp"

namespace nevaperf::cli {

std::string program_scenario_name(const std::string& file) {
  return "program/" + std::filesystem::path(file).stem().string();
}

base::result<measure::scenario> load_program_scenario(const base::file_system& files,
                                                      const std::string& file) {
  auto text = files.read(file);
  if (!text) return text.error();
  auto scenario = playbook::program_scenario(program_scenario_name(file), *std::move(text));
  if (!scenario) return scenario.error().within(file);
  return scenario;
}

std::string scenario_list_text(const std::vector<measure::scenario>& scenarios, bool colour) {
  using report::align;
  report::text_table table(
      {{"scenario", align::left}, {"tags", align::left}, {"what it measures", align::left}});
  for (const measure::scenario& one : scenarios) {
    std::string tags;
    for (const std::string& tag : one.tags) tags += (tags.empty() ? "" : " ") + tag;
    table.add_row({{one.name}, {tags}, {one.description}});
  }
  return table.text(colour);
}

std::string scenario_list_json(const std::vector<measure::scenario>& scenarios) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const measure::scenario& one : scenarios) {
    list.push_back({{"name", one.name}, {"tags", one.tags}, {"description", one.description}});
  }
  return formats::compact({{"schema", "nevaperf.scenarios/1"}, {"scenarios", std::move(list)}}) +
         "\n";
}

}  // namespace nevaperf::cli
