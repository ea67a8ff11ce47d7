#include "cli/compare_inputs.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "cli/criterion_folder.hpp"
#include "core/measure/selection.hpp"

namespace nevaperf::cli {

namespace {

using compare::subject;

struct input_word {
  std::string label;
  std::string path;
  bool is_labelled = false;
};

input_word split_word(const base::file_system& files, const std::string& word) {
  const std::size_t at = word.find('=');
  if (at == std::string::npos || at == 0 || files.exists(word)) return {word, word, false};
  return {word.substr(0, at), word.substr(at + 1), true};
}

base::result<formats::recording> read_input(const base::file_system& files,
                                            const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return read_criterion_folder(files, path);
  const auto text = files.read(path);
  if (!text) return text.error();
  auto data = formats::read_recording(*text);
  if (!data) return data.error().within(path);
  if (data->kind == formats::recording_kind::criterion) return read_criterion_file(files, path);
  return data;
}

template <class Visit>
void each_subject(const compare_input& input, const formats::recorded_scenario& scenario,
                  const Visit& visit) {
  if (scenario.metrics.empty()) visit(subject{input.label, input.data, scenario, {}});
  for (const auto& [unit, metric] : scenario.metrics) {
    visit(subject{input.label, input.data, scenario, unit});
  }
}

base::result<void> check_keys(const std::vector<compare_input>& inputs,
                              const compare::filter& filter) {
  for (const std::string& key : filter.keys()) {
    bool is_there = false;
    for (const compare_input& input : inputs) {
      for (const formats::recorded_scenario& one : input.data.scenarios) {
        if (is_there) break;
        is_there = value_of(subject{input.label, input.data, one, {}}, key).has_value();
      }
    }
    if (is_there) continue;
    return base::error{.what = "no benchmark has the key '" + key + "'",
                       .where = "",
                       .next =
                           "keys are .name, .fullname, .unit, .file, /PART of a name, or "
                           "configuration keys such as pkg and goos"};
  }
  return {};
}

}  // namespace

base::result<std::vector<compare_input>> read_compare_inputs(
    const base::file_system& files, const std::vector<std::string>& words) {
  std::vector<compare_input> out;
  std::map<std::string, std::size_t> columns;  // of labels that were given
  for (const std::string& word : words) {
    const input_word from = split_word(files, word);
    auto data = read_input(files, from.path);
    if (!data) return data.error();
    std::size_t column = out.size();
    if (from.is_labelled) column = columns.try_emplace(from.label, column).first->second;
    out.push_back({from.label, column, *std::move(data)});
  }
  return out;
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

base::result<compare_filters> parse_filters(const std::vector<std::string>& texts) {
  compare_filters out;
  for (const std::string& text : texts) {
    if (!compare::is_filter_expression(text)) {
      out.patterns.push_back(text);
      continue;
    }
    auto parsed = compare::filter::parse(text);
    if (!parsed) return parsed.error().within("--filter");
    out.expressions.push_back(*std::move(parsed));
    out.texts.push_back(text);
  }
  return out;
}

base::result<void> filter_inputs(std::vector<compare_input>& inputs,
                                 const compare_filters& filters) {
  if (filters.patterns.empty() && filters.expressions.empty()) return {};
  std::set<std::string> names;
  for (const compare_input& input : inputs) {
    for (const formats::recorded_scenario& one : input.data.scenarios) names.insert(one.name);
  }
  std::set<std::string> kept;
  if (!filters.patterns.empty()) {
    std::vector<measure::selectable> known;
    for (const std::string& name : names) known.push_back({name, {}});
    const auto places = measure::select_scenarios(known, filters.patterns);
    if (!places) return places.error().within("--filter");
    for (const std::size_t place : *places) kept.emplace(known[place].name);
  }
  for (const compare::filter& one : filters.expressions) {
    if (auto checked = check_keys(inputs, one); !checked) {
      return checked.error().within("--filter");
    }
  }
  std::vector<bool> has_fitted(filters.expressions.size());
  const auto fits = [&](const subject& of) {
    bool any = false;
    for (std::size_t i = 0; i < filters.expressions.size(); ++i) {
      const bool now = filters.expressions[i].fits(of);
      has_fitted[i] = has_fitted[i] || now;
      any = any || now;
    }
    return any;
  };
  for (compare_input& input : inputs) {
    std::erase_if(input.data.scenarios, [&](formats::recorded_scenario& one) {
      if (kept.contains(one.name)) return false;
      std::set<std::string, std::less<>> units;
      bool any = false;
      each_subject(input, one, [&](const subject& of) {
        if (!fits(of)) return;
        any = true;
        units.emplace(of.unit);
      });
      std::erase_if(one.metrics, [&](const auto& metric) { return !units.contains(metric.first); });
      return !any;
    });
  }
  const auto idle = std::find(has_fitted.begin(), has_fitted.end(), false);
  if (idle == has_fitted.end()) return {};
  return base::error{.what = "filter '" +
                             filters.texts[static_cast<std::size_t>(idle - has_fitted.begin())] +
                             "' fits nothing",
                     .where = "--filter",
                     .next = "values are compared whole; KEY:/PART/ finds a part"};
}

}  // namespace nevaperf::cli
