#include "cli/compare_inputs.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/measure/selection.hpp"

namespace nevaperf::cli {

base::result<compare_input> read_compare_input(const base::file_system& files,
                                               const std::string& word) {
  std::string label = word;
  std::string path = word;
  const std::size_t at = word.find('=');
  if (at != std::string::npos && at > 0 && !files.exists(word)) {
    label = word.substr(0, at);
    path = word.substr(at + 1);
  }
  const auto text = files.read(path);
  if (!text) return text.error();
  auto data = formats::read_recording(*text);
  if (!data) return data.error().within(path);
  return compare_input{std::move(label), *std::move(data)};
}

base::result<formats::baseline> find_baseline(const store::baseline_store& baselines,
                                              const std::string& name) {
  if (!name.empty()) return baselines.load(name);
  const auto names = baselines.names();
  if (!names) return names.error();
  if (names->empty() || std::find(names->begin(), names->end(), "main") != names->end()) {
    return baselines.load("main");
  }
  std::optional<formats::baseline> newest;
  for (const std::string& one : *names) {
    auto loaded = baselines.load(one);
    if (!loaded) return loaded.error();
    if (!newest || newest->saved < loaded->saved) newest = *std::move(loaded);
  }
  return *std::move(newest);
}

base::result<void> filter_inputs(compare_input& old_side, compare_input& new_side,
                                 const std::vector<std::string>& filters) {
  if (filters.empty()) return {};
  std::set<std::string> names;
  for (const compare_input* side : {&old_side, &new_side}) {
    for (const formats::recorded_scenario& one : side->data.scenarios) names.insert(one.name);
  }
  std::vector<measure::selectable> known;
  for (const std::string& name : names) known.push_back({name, {}});
  const auto places = measure::select_scenarios(known, filters);
  if (!places) return places.error().within("--filter");
  std::set<std::string> kept;
  for (const std::size_t place : *places) kept.emplace(known[place].name);
  for (compare_input* side : {&old_side, &new_side}) {
    std::erase_if(side->data.scenarios,
                  [&](const formats::recorded_scenario& one) { return !kept.contains(one.name); });
  }
  return {};
}

}  // namespace nevaperf::cli
