#include "core/compare/projector.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/compare/benchmark_keys.hpp"

namespace nevaperf::compare {

namespace {

using tuple = std::vector<std::string>;
using key_set = std::set<std::string, std::less<>>;

std::string identity_of(const tuple& values) {
  std::string out;
  for (const std::string& one : values) out += one + '\x1f';
  return out;
}

// Ranks of values by the order of their appearance, key by key.
class value_order {
 public:
  void note(const projected_key& key, const std::string& value) {
    auto& ranks = seen_[key.name];
    ranks.try_emplace(value, ranks.size());
  }

  [[nodiscard]] bool less(const std::vector<projected_key>& keys, const tuple& a,
                          const tuple& b) const {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (a[i] != b[i]) return value_less(keys[i], a[i], b[i]);
    }
    return false;
  }

 private:
  [[nodiscard]] bool value_less(const projected_key& key, const std::string& a,
                                const std::string& b) const {
    switch (key.order) {
      case key_order::alphabetic:
        return a < b;
      case key_order::numeric:
        return numeric_less(a, b);
      case key_order::fixed:
        return std::find(key.values.begin(), key.values.end(), a) <
               std::find(key.values.begin(), key.values.end(), b);
      case key_order::first_seen:
        break;
    }
    const auto& ranks = seen_.at(key.name);
    return ranks.at(a) < ranks.at(b);
  }

  std::map<std::string, std::unordered_map<std::string, std::size_t>> seen_;
};

// A column of a group while it is filled.
struct cell {
  formats::recording data;
  std::unordered_map<std::string, std::size_t> places;  // of a row
  std::vector<tuple> rows;                              // beside data.scenarios, as are these:
  std::vector<std::string> sources;                     // the full name of the first
  std::vector<std::size_t> files;                       // the column of the first
  std::set<std::size_t> inputs;                         // that gave something
  std::set<std::string> mixed;                          // keys that differ within a row
};

class projector {
 public:
  projector(std::vector<projected_input> inputs, const projection& how)
      : inputs_(std::move(inputs)), how_(how) {}

  base::result<std::vector<projected_group>> run();

 private:
  void label_inputs();
  void find_used_keys();
  void add(const projected_input& input, const formats::recorded_scenario& scenario,
           const std::string& unit);
  // False if the benchmark is filtered out by a list of values.
  bool values_of(const subject& of, const std::vector<projected_key>& keys, tuple& into);
  cell& cell_at(const tuple& group, const tuple& column);
  void start(cell& into, const projected_input& input, const subject& of);
  void merge(cell& into, std::size_t place, const projected_input& input, const subject& of);
  [[nodiscard]] std::vector<const projected_key*> all_keys() const;
  [[nodiscard]] std::vector<tuple> sorted(const std::map<std::string, tuple>& from,
                                          const std::vector<projected_key>& keys) const;
  projected_column finish(cell& from, const tuple& column) const;

  std::vector<projected_input> inputs_;
  const projection& how_;
  key_set used_;     // shown or ignored
  key_set dropped_;  // of these what is replaced in names
  key_set present_;  // keys that some benchmark has
  bool has_packages_ = false;
  bool per_unit_ = false;
  bool by_name_ = false;
  value_order order_;
  std::map<std::string, tuple> groups_;
  std::map<std::string, tuple> columns_;
  std::map<std::string, cell> cells_;
};

std::vector<const projected_key*> projector::all_keys() const {
  std::vector<const projected_key*> out;
  for (const auto* list : {&how_.groups, &how_.rows, &how_.columns}) {
    for (const projected_key& one : *list) out.push_back(&one);
  }
  return out;
}

// One label for each column, and each label for one column.
void projector::label_inputs() {
  std::map<std::size_t, std::string> labels;
  std::map<std::string, int> uses;
  for (projected_input& one : inputs_) {
    auto& label = labels[one.column];
    if (label.empty()) {
      const int use = ++uses[one.label];
      label = use == 1 ? one.label : one.label + "#" + std::to_string(use);
    }
    one.label = label;
  }
}

void projector::find_used_keys() {
  for (const projected_key* one : all_keys()) {
    used_.insert(one->name);
    per_unit_ = per_unit_ || one->name == ".unit";
  }
  by_name_ = used_.contains(".fullname");
  used_.insert(how_.ignored.begin(), how_.ignored.end());
  dropped_ = used_;
  dropped_.erase(".fullname");
  // Files of different packages: only with the package are their names apart.
  for (const projected_input& one : inputs_) {
    has_packages_ = has_packages_ || one.data.package != inputs_.front().data.package;
  }
}

bool projector::values_of(const subject& of, const std::vector<projected_key>& keys, tuple& into) {
  into.clear();
  for (const projected_key& key : keys) {
    auto value = value_of(of, key.name);
    if (value) present_.insert(key.name);
    if (key.name == ".fullname") {
      std::string name = name_without(of, dropped_);
      const std::string& package = of.scenario.package;
      const bool without = package.empty() || name.starts_with(package + ".");
      if (has_packages_ && !without && !used_.contains("pkg")) name.insert(0, package + ".");
      value = std::move(name);
    }
    into.push_back(std::move(value).value_or(""));
    const bool kept =
        key.order != key_order::fixed ||
        std::find(key.values.begin(), key.values.end(), into.back()) != key.values.end();
    if (!kept) return false;
  }
  return true;
}

cell& projector::cell_at(const tuple& group, const tuple& column) {
  const std::string group_key = identity_of(group);
  const std::string column_key = identity_of(column);
  groups_.try_emplace(group_key, group);
  columns_.try_emplace(column_key, column);
  return cells_[group_key + '\x1e' + column_key];
}

void projector::start(cell& into, const projected_input& input, const subject& of) {
  const auto place = static_cast<std::size_t>(&input - inputs_.data());
  if (!into.inputs.insert(place).second) return;
  formats::recording& data = into.data;
  if (into.inputs.size() == 1) {
    data.kind = input.data.kind;
    data.id = input.data.id;
    data.environment = input.data.environment;
    data.configuration = input.data.configuration;
    data.package = has_packages_ || used_.contains("pkg") ? "" : input.data.package;
    if (of.scenario.settings.contains("cpu")) data.environment.cpu_model = value_of(of, "cpu");
  } else if (data.environment.cpu_model != input.data.environment.cpu_model) {
    into.mixed.insert("cpu");
  }
  data.units.insert(input.data.units.begin(), input.data.units.end());
  for (const model::warning& one : input.data.warnings) {
    if (std::find(data.warnings.begin(), data.warnings.end(), one) == data.warnings.end()) {
      data.warnings.push_back(one);
    }
  }
}

void projector::merge(cell& into, std::size_t place, const projected_input& input,
                      const subject& of) {
  formats::recorded_scenario& row = into.data.scenarios[place];
  for (const auto& [key, value] : of.scenario.settings) {
    const auto found = row.settings.find(key);
    const bool differs = found == row.settings.end() || found->second != value;
    if (differs && !used_.contains(key)) into.mixed.insert(key);
  }
  if (into.files[place] != input.column && !used_.contains(".file")) into.mixed.insert(".file");
  if (!by_name_ && !used_.contains(".fullname") && into.sources[place] != of.scenario.name) {
    into.mixed.insert(".fullname");
  }
  if (!of.scenario.failure.empty()) row.failure = of.scenario.failure;
  for (const auto& [unit, metric] : of.scenario.metrics) {
    if (!of.unit.empty() && unit != of.unit) continue;
    const auto [at, is_new] = row.metrics.try_emplace(unit, metric);
    if (is_new) continue;
    auto& values = at->second.values;
    values.insert(values.end(), metric.values.begin(), metric.values.end());
    at->second.is_exact = at->second.is_exact && metric.is_exact;
  }
  row.warnings.insert(row.warnings.end(), of.scenario.warnings.begin(), of.scenario.warnings.end());
}

void projector::add(const projected_input& input, const formats::recorded_scenario& scenario,
                    const std::string& unit) {
  const subject of{input.label, input.data, scenario, unit};
  for (const std::string& key : how_.ignored) {
    if (value_of(of, key)) present_.insert(key);
  }
  tuple group;
  tuple row;
  tuple column;
  const bool kept = values_of(of, how_.groups, group) && values_of(of, how_.columns, column) &&
                    values_of(of, how_.rows, row);
  if (!kept) return;
  for (const auto& [keys, values] :
       {std::pair(&how_.groups, &group), {&how_.columns, &column}, {&how_.rows, &row}}) {
    for (std::size_t i = 0; i < keys->size(); ++i) order_.note((*keys)[i], (*values)[i]);
  }
  cell& into = cell_at(group, column);
  start(into, input, of);
  const auto [at, is_new] = into.places.try_emplace(identity_of(row), into.data.scenarios.size());
  if (is_new) {
    std::string name;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string& key = how_.rows[i].name;
      if (i > 0) name += ' ';
      if (!key.starts_with('.')) name += key.substr(key.starts_with('/') ? 1 : 0) + "=";
      name += row[i];
    }
    formats::recorded_scenario made;
    made.name = name.empty() ? "(none)" : std::move(name);
    made.package = scenario.package;
    made.settings = scenario.settings;
    into.data.scenarios.push_back(std::move(made));
    into.rows.push_back(row);
    into.sources.push_back(scenario.name);
    into.files.push_back(input.column);
  }
  merge(into, at->second, input, of);
}

std::vector<tuple> projector::sorted(const std::map<std::string, tuple>& from,
                                     const std::vector<projected_key>& keys) const {
  std::vector<tuple> out;
  for (const auto& [identity, values] : from) out.push_back(values);
  std::sort(out.begin(), out.end(),
            [&](const tuple& a, const tuple& b) { return order_.less(keys, a, b); });
  return out;
}

projected_column projector::finish(cell& from, const tuple& column) const {
  projected_column out;
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (i > 0) out.label += ", ";
    out.label += column[i].empty() ? "no " + how_.columns[i].name : column[i];
  }
  out.data = std::move(from.data);
  std::vector<std::size_t> places(out.data.scenarios.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
  std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    return order_.less(how_.rows, from.rows[a], from.rows[b]);
  });
  std::vector<formats::recorded_scenario> ordered;
  ordered.reserve(places.size());
  for (const std::size_t place : places) ordered.push_back(std::move(out.data.scenarios[place]));
  out.data.scenarios = std::move(ordered);
  for (const std::string& key : from.mixed) {
    out.data.warnings.push_back({.code = "mixed-configuration",
                                 .text = "'" + key + "' changes within it; all is taken together",
                                 .next = "tell them apart with --col " + key + " or --by " + key +
                                         ", or say --ignore " + key});
  }
  return out;
}

base::result<std::vector<projected_group>> projector::run() {
  label_inputs();
  find_used_keys();
  for (const projected_input& input : inputs_) {
    for (const formats::recorded_scenario& scenario : input.data.scenarios) {
      if (!per_unit_) add(input, scenario, "");
      if (!per_unit_) continue;
      for (const auto& [unit, metric] : scenario.metrics) add(input, scenario, unit);
    }
  }
  for (const std::string& key : used_) {
    if (present_.contains(key)) continue;
    return base::error{.what = "no benchmark has the key '" + key + "'",
                       .where = "",
                       .next = "parts of a name are written /KEY, configuration keys as KEY"};
  }
  std::vector<projected_group> out;
  const auto columns = sorted(columns_, how_.columns);
  for (const tuple& group : sorted(groups_, how_.groups)) {
    projected_group& into = out.emplace_back();
    for (std::size_t i = 0; i < group.size(); ++i) {
      into.keys.emplace_back(how_.groups[i].name, group[i]);
    }
    for (const tuple& column : columns) {
      into.columns.push_back(
          finish(cells_[identity_of(group) + '\x1e' + identity_of(column)], column));
    }
  }
  return out;
}

bool is_as_it_is(const std::vector<projected_input>& inputs, const projection& how) {
  if (!how.is_default) return false;
  std::set<std::size_t> columns;
  for (const projected_input& one : inputs) {
    if (!columns.insert(one.column).second) return false;
    std::unordered_set<std::string_view> names;
    for (const formats::recorded_scenario& scenario : one.data.scenarios) {
      if (!names.insert(scenario.name).second) return false;
    }
  }
  return true;
}

}  // namespace

base::result<std::vector<projected_group>> project(std::vector<projected_input> inputs,
                                                   const projection& how) {
  if (!is_as_it_is(inputs, how)) return projector(std::move(inputs), how).run();
  projected_group all;
  for (projected_input& one : inputs) {
    all.columns.push_back({std::move(one.label), std::move(one.data)});
  }
  std::vector<projected_group> out;
  out.push_back(std::move(all));
  return out;
}

}  // namespace nevaperf::compare
