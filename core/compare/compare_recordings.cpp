#include "core/compare/compare_recordings.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/compare/environment_check.hpp"
#include "core/compare/judge.hpp"
#include "core/compare/unit_rules.hpp"
#include "core/stats/mann_whitney.hpp"
#include "core/stats/multiplicity.hpp"

namespace nevaperf::compare {

namespace {

using scenario_index = std::unordered_map<std::string, const formats::recorded_scenario*>;

// The name under which a scenario is matched. A file with one package does not repeat it in every
// name; beside a file with several it has to.
class naming {
 public:
  naming(const formats::recording& own, const formats::recording& other)
      : prefix_(!own.package.empty() && other.package.empty() && is_go(other) ? own.package + "."
                                                                              : "") {}

  [[nodiscard]] std::string of(const formats::recorded_scenario& one) const {
    return prefix_ + one.name;
  }

 private:
  static bool is_go(const formats::recording& data) {
    return data.kind == formats::recording_kind::go_benchmark;
  }
  std::string prefix_;
};

scenario_index index_of(const formats::recording& data, const naming& names) {
  scenario_index out;
  for (const formats::recorded_scenario& one : data.scenarios) out.emplace(names.of(one), &one);
  return out;
}

// What either side says, and what the name says.
unit_knowledge knowledge_of(const std::string& unit, const formats::recording& old_side,
                            const formats::recording& new_side) {
  unit_knowledge out{.direction = better_of(unit), .is_exact = is_count(unit)};
  for (const formats::recording* data : {&old_side, &new_side}) {
    const auto found = data->units.find(unit);
    if (found == data->units.end()) continue;
    if (found->second.direction) out.direction = found->second.direction;
    out.is_exact = out.is_exact || found->second.is_exact;
  }
  return out;
}

class comparer {
 public:
  comparer(const labelled& old_side, const labelled& new_side, const options& how)
      : old_(old_side.data),
        new_(new_side.data),
        old_names_(old_, new_),
        new_names_(new_, old_),
        old_index_(index_of(old_, old_names_)),
        new_index_(index_of(new_, new_names_)) {
    out_.old_label = old_side.label;
    out_.new_label = new_side.label;
    out_.how = how;
  }

  base::result<comparison> run();

 private:
  void match();
  void compare_pair(const std::string& name, const formats::recorded_scenario& before,
                    const formats::recorded_scenario& after);
  void add_lonely(const std::string& name, const std::string& unit,
                  const formats::recorded_metric& metric, verdict what,
                  const std::string& why = {});
  const unit_knowledge& known(const std::string& unit);
  void correct();
  void judge();
  void add_geomeans();
  void add_doubts();

  const formats::recording& old_;
  const formats::recording& new_;
  naming old_names_;
  naming new_names_;
  scenario_index old_index_;
  scenario_index new_index_;
  std::map<std::string, unit_knowledge> units_;
  comparison out_;
  std::size_t common_ = 0;
  bool has_equal_values_only_ = true;
};

const unit_knowledge& comparer::known(const std::string& unit) {
  const auto found = units_.find(unit);
  if (found != units_.end()) return found->second;
  return units_.emplace(unit, knowledge_of(unit, old_, new_)).first->second;
}

void comparer::add_lonely(const std::string& name, const std::string& unit,
                          const formats::recorded_metric& metric, verdict what,
                          const std::string& why) {
  row one;
  one.name = name;
  one.unit = unit;
  one.what = what;
  auto& side = what == verdict::only_old ? one.old_side : one.new_side;
  side = summarize_side(metric.values, out_.how.confidence);
  if (!why.empty()) {
    const char* const where = what == verdict::only_old ? "on the new side: " : "on the old side: ";
    one.warnings.push_back({.code = "no-result", .text = where + why, .next = "see its output"});
  }
  out_.rows.push_back(std::move(one));
}

void comparer::compare_pair(const std::string& name, const formats::recorded_scenario& before,
                            const formats::recorded_scenario& after) {
  const bool both = before.failure.empty() && after.failure.empty();
  for (const auto& [unit, metric] : before.metrics) {
    const auto found = after.metrics.find(unit);
    if (!both || found == after.metrics.end()) {
      if (before.failure.empty()) add_lonely(name, unit, metric, verdict::only_old, after.failure);
      continue;
    }
    ++common_;
    has_equal_values_only_ = has_equal_values_only_ && metric.values == found->second.values;
    unit_knowledge about = known(unit);
    about.is_exact = about.is_exact || (metric.is_exact && found->second.is_exact);
    row one = measure(name, unit, {metric.values, found->second.values}, about, out_.how);
    one.warnings.insert(one.warnings.end(), after.warnings.begin(), after.warnings.end());
    out_.rows.push_back(std::move(one));
  }
  if (!after.failure.empty()) return;
  for (const auto& [unit, metric] : after.metrics) {
    if (both && before.metrics.contains(unit)) continue;
    add_lonely(name, unit, metric, verdict::only_new, before.failure);
  }
}

void comparer::match() {
  for (const formats::recorded_scenario& before : old_.scenarios) {
    const std::string name = old_names_.of(before);
    const auto found = new_index_.find(name);
    if (found != new_index_.end()) {
      compare_pair(name, before, *found->second);
      continue;
    }
    if (!before.failure.empty()) continue;
    for (const auto& [unit, metric] : before.metrics) {
      add_lonely(name, unit, metric, verdict::only_old);
    }
  }
  for (const formats::recorded_scenario& after : new_.scenarios) {
    const std::string name = new_names_.of(after);
    if (old_index_.contains(name) || !after.failure.empty()) continue;
    for (const auto& [unit, metric] : after.metrics) {
      add_lonely(name, unit, metric, verdict::only_new);
    }
  }
  std::stable_sort(out_.rows.begin(), out_.rows.end(), [](const row& a, const row& b) {
    return std::pair(rank_of(a.unit), std::string_view(a.unit)) <
           std::pair(rank_of(b.unit), std::string_view(b.unit));
  });
}

void comparer::correct() {
  std::vector<double> p;
  for (const row& one : out_.rows) {
    if (one.p) p.push_back(*one.p);
  }
  const std::vector<double> adjusted = stats::benjamini_hochberg(p);
  out_.family = p.size();
  std::size_t next = 0;
  for (row& one : out_.rows) {
    if (one.p) one.p_adjusted = adjusted[next++];
  }
}

void comparer::judge() {
  const environment_doubts doubts = check_environments(old_, new_);
  out_.warnings.insert(out_.warnings.end(), doubts.warnings.begin(), doubts.warnings.end());
  const bool is_refused = doubts.is_refused && !out_.how.across_machines;
  if (is_refused) {
    out_.warnings.push_back(
        {.code = "not-comparable",
         .text = "times of different machines or sanitizers are not judged: all are unsure",
         .next = "measure both on one machine, or give --across-machines"});
  }
  for (row& one : out_.rows) {
    if (!one.old_side || !one.new_side) continue;
    unit_knowledge about = known(one.unit);
    decide(one, about, out_.how, is_refused);
  }
}

void comparer::add_geomeans() {
  for (const row& one : out_.rows) {
    if (!one.old_side || !one.new_side) continue;
    if (!(one.old_side->median > 0) || !(one.new_side->median > 0)) continue;
    if (out_.geomeans.empty() || out_.geomeans.back().unit != one.unit) {
      out_.geomeans.push_back({.unit = one.unit});
    }
    geomean& into = out_.geomeans.back();
    into.old_value += std::log(one.old_side->median);  // sums of logarithms until the end
    into.new_value += std::log(one.new_side->median);
    ++into.rows;
  }
  for (geomean& one : out_.geomeans) {
    const auto rows = static_cast<double>(one.rows);
    one.ratio = std::exp((one.new_value - one.old_value) / rows);
    one.old_value = std::exp(one.old_value / rows);
    one.new_value = std::exp(one.new_value / rows);
  }
}

void comparer::add_doubts() {
  for (const auto& [data, label] : {std::pair(&old_, &out_.old_label), {&new_, &out_.new_label}}) {
    for (model::warning one : data->warnings) {
      one.text = *label + ": " + one.text;
      out_.warnings.push_back(std::move(one));
    }
  }
  if (has_equal_values_only_) {
    out_.warnings.push_back({.code = "same-data",
                             .text = "both sides hold the very same values",
                             .next = "is one of them a copy of the other?"});
  }
  // A family in which one real change alone cannot be seen.
  std::uint64_t least = UINT64_MAX;
  for (const row& one : out_.rows) {
    if (one.p) least = std::min({least, one.old_side->n, one.new_side->n});
  }
  const auto size = static_cast<double>(out_.family);
  if (out_.family == 0 || size * stats::smallest_mann_whitney_p(least, least) <= out_.how.alpha) {
    return;
  }
  std::uint64_t needed = least;
  while (size * stats::smallest_mann_whitney_p(needed, needed) > out_.how.alpha) ++needed;
  out_.warnings.push_back({.code = "few-samples",
                           .text = "with " + std::to_string(least) +
                                   " samples a side one change among " +
                                   std::to_string(out_.family) + " tests cannot be shown",
                           .next = "take at least " + std::to_string(needed) + " of each"});
}

base::result<comparison> comparer::run() {
  match();
  if (common_ == 0) {
    return base::error{.what = "the two have no benchmark in common",
                       .where = out_.old_label + ", " + out_.new_label,
                       .next = "are they of the same program, and did their benchmarks succeed?"};
  }
  correct();
  judge();
  add_geomeans();
  add_doubts();
  return std::move(out_);
}

}  // namespace

base::result<comparison> compare_recordings(const labelled& old_side, const labelled& new_side,
                                            const options& how) {
  return comparer(old_side, new_side, how).run();
}

}  // namespace nevaperf::compare
