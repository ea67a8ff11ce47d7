#include "core/compare/compare_recordings.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

#include "core/compare/environment_check.hpp"
#include "core/compare/judge.hpp"
#include "core/compare/pairing.hpp"
#include "core/compare/unit_rules.hpp"
#include "core/stats/mann_whitney.hpp"
#include "core/stats/multiplicity.hpp"

namespace nevaperf::compare {

namespace {

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

// One pair of recordings. The correction for many tests needs the p-values of all pairs, so it runs
// in two steps.
class comparer {
 public:
  comparer(const labelled& old_side, const labelled& new_side, const options& how)
      : old_(old_side.data), new_(new_side.data) {
    out_.old_label = old_side.label;
    out_.new_label = new_side.label;
    out_.how = how;
  }

  // Rows with all but p_adjusted and verdict. Returns how many have both sides.
  std::size_t match();
  void collect_p(std::vector<double>& into) const;
  // `adjusted`: of this pair's tests, as collect_p gave them.
  comparison finish(std::span<const double> adjusted, std::size_t family);

 private:
  void add_pair(const scenario_pair& pair);
  void compare_both(const scenario_pair& pair);
  void add_lonely(const std::string& name, const std::string& unit,
                  const formats::recorded_metric& metric, verdict what,
                  const std::string& why = {});
  const unit_knowledge& known(const std::string& unit);
  void judge();
  void add_geomeans();
  void add_doubts();

  const formats::recording& old_;
  const formats::recording& new_;
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

void comparer::compare_both(const scenario_pair& pair) {
  const formats::recorded_scenario& before = *pair.old_side;
  const formats::recorded_scenario& after = *pair.new_side;
  const bool both = before.failure.empty() && after.failure.empty();
  for (const auto& [unit, metric] : before.metrics) {
    const auto found = after.metrics.find(unit);
    if (!both || found == after.metrics.end()) {
      if (before.failure.empty()) {
        add_lonely(pair.name, unit, metric, verdict::only_old, after.failure);
      }
      continue;
    }
    ++common_;
    has_equal_values_only_ = has_equal_values_only_ && metric.values == found->second.values;
    unit_knowledge about = known(unit);
    about.is_exact = about.is_exact || (metric.is_exact && found->second.is_exact);
    row one = measure(pair.name, unit, {metric.values, found->second.values}, about, out_.how);
    one.warnings.insert(one.warnings.end(), after.warnings.begin(), after.warnings.end());
    out_.rows.push_back(std::move(one));
  }
  if (!after.failure.empty()) return;
  for (const auto& [unit, metric] : after.metrics) {
    if (both && before.metrics.contains(unit)) continue;
    add_lonely(pair.name, unit, metric, verdict::only_new, before.failure);
  }
}

void comparer::add_pair(const scenario_pair& pair) {
  if (pair.old_side != nullptr && pair.new_side != nullptr) return compare_both(pair);
  const bool is_old = pair.old_side != nullptr;
  const formats::recorded_scenario& one = is_old ? *pair.old_side : *pair.new_side;
  if (!one.failure.empty()) return;
  for (const auto& [unit, metric] : one.metrics) {
    add_lonely(pair.name, unit, metric, is_old ? verdict::only_old : verdict::only_new);
  }
}

std::size_t comparer::match() {
  pairing found = pair_up(old_, new_);
  for (const scenario_pair& pair : found.pairs) add_pair(pair);
  out_.warnings = std::move(found.warnings);
  std::stable_sort(out_.rows.begin(), out_.rows.end(), [](const row& a, const row& b) {
    return std::pair(rank_of(a.unit), std::string_view(a.unit)) <
           std::pair(rank_of(b.unit), std::string_view(b.unit));
  });
  return common_;
}

void comparer::collect_p(std::vector<double>& into) const {
  for (const row& one : out_.rows) {
    if (one.p) into.push_back(*one.p);
  }
}

comparison comparer::finish(std::span<const double> adjusted, std::size_t family) {
  out_.family = family;
  std::size_t next = 0;
  for (row& one : out_.rows) {
    if (one.p) one.p_adjusted = adjusted[next++];
  }
  judge();
  add_geomeans();
  add_doubts();
  return std::move(out_);
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
  const auto warn = [&](const char* code, std::string text, std::string next) {
    out_.warnings.push_back({.code = code, .text = std::move(text), .next = std::move(next)});
  };
  if (common_ == 0) {
    return warn("nothing-common", "there is no benchmark in common",
                "are they of the same program, and did their benchmarks succeed?");
  }
  if (has_equal_values_only_) {
    warn("same-data", "both sides hold the very same values",
         "is one of them a copy of the other?");
  }
  // A family in which one real change alone cannot be seen.
  std::uint64_t least = UINT64_MAX;
  for (const row& one : out_.rows) {
    if (one.p) least = std::min({least, one.old_side->n, one.new_side->n});
  }
  const auto shown = [&](std::uint64_t n) {
    return static_cast<double>(out_.family) * stats::smallest_mann_whitney_p(n, n) <=
           out_.how.verdict_alpha;
  };
  if (least == UINT64_MAX || shown(least)) return;
  std::uint64_t needed = least;
  while (!shown(needed)) ++needed;
  warn("few-samples",
       "with " + std::to_string(least) + " samples a side one change among " +
           std::to_string(out_.family) + " tests cannot be shown",
       "take at least " + std::to_string(needed) + " of each");
}

// What the inputs say of themselves, once for all that say the same.
std::vector<model::warning> doubts_of_inputs(std::span<const column_group> groups) {
  std::vector<std::pair<model::warning, std::vector<std::string>>> found;
  for (const column_group& group : groups) {
    for (const labelled& column : group.columns) {
      for (const model::warning& one : column.data.warnings) {
        auto at = std::find_if(found.begin(), found.end(),
                               [&](const auto& known) { return known.first == one; });
        if (at == found.end()) at = found.insert(found.end(), {one, {}});
        auto& labels = at->second;
        if (std::find(labels.begin(), labels.end(), column.label) == labels.end()) {
          labels.push_back(column.label);
        }
      }
    }
  }
  std::vector<model::warning> out;
  for (auto& [one, labels] : found) {
    std::string who;
    for (const std::string& label : labels) who += (who.empty() ? "" : ", ") + label;
    one.text = who + ": " + one.text;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

base::result<comparison_set> compare_columns(std::span<const column_group> groups,
                                             const options& how) {
  comparison_set out;
  std::vector<comparer> pairs;
  for (const column_group& group : groups) {
    if (out.columns.empty()) {
      for (const labelled& column : group.columns) out.columns.push_back(column.label);
    }
    for (std::size_t i = 1; i < group.columns.size(); ++i) {
      pairs.emplace_back(group.columns[0], group.columns[i], how);
    }
  }
  if (pairs.empty()) {
    return base::error{.what = out.columns.empty() ? "there is nothing to compare"
                                                   : "there is one column only: " + out.columns[0],
                       .where = "",
                       .next = "two or more are compared, the first with each other one"};
  }
  std::size_t common = 0;
  std::vector<double> p;
  std::vector<std::size_t> starts;
  for (comparer& one : pairs) {
    common += one.match();
    starts.push_back(p.size());
    one.collect_p(p);
  }
  starts.push_back(p.size());
  if (common == 0) {
    std::string labels;
    for (const std::string& one : out.columns) labels += (labels.empty() ? "" : ", ") + one;
    return base::error{.what = "there is no benchmark in common",
                       .where = std::move(labels),
                       .next = "are they of the same program, and did their benchmarks succeed?"};
  }
  const std::vector<double> adjusted = stats::benjamini_hochberg(p);
  std::size_t next = 0;
  for (const column_group& group : groups) {
    for (std::size_t i = 1; i < group.columns.size(); ++i, ++next) {
      const auto own = std::span(adjusted).subspan(starts[next], starts[next + 1] - starts[next]);
      out.all.push_back(pairs[next].finish(own, p.size()));
      out.all.back().group = group.keys;
    }
  }
  out.is_grouped = groups.size() > 1 || !groups.front().keys.empty();
  out.warnings = doubts_of_inputs(groups);
  return out;
}

base::result<comparison> compare_recordings(const labelled& old_side, const labelled& new_side,
                                            const options& how) {
  const column_group both{{}, {old_side, new_side}};
  auto set = compare_columns(std::span(&both, 1), how);
  if (!set) return set.error();
  comparison out = std::move(set->all.front());
  out.warnings.insert(out.warnings.end(), set->warnings.begin(), set->warnings.end());
  return out;
}

}  // namespace nevaperf::compare
