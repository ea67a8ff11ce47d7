#include "core/report/compare_set_rows.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/report/compare_rows.hpp"

namespace nevaperf::report {

using compare::verdict;

namespace {

bool has_verdict(const set_row& row, std::initializer_list<verdict> any_of) {
  return std::any_of(row.later.begin(), row.later.end(), [&](const compare::row* one) {
    return one != nullptr && std::find(any_of.begin(), any_of.end(), one->what) != any_of.end();
  });
}

// All rows, by unit in the order of the first comparison that has it.
std::vector<set_unit> gather(std::span<const compare::comparison> group) {
  std::vector<set_unit> out;
  std::unordered_map<std::string, std::size_t> units;
  std::unordered_map<std::string, std::size_t> rows;
  for (std::size_t i = 0; i < group.size(); ++i) {
    for (const compare::row& row : group[i].rows) {
      const auto [unit_at, is_new_unit] = units.try_emplace(row.unit, out.size());
      if (is_new_unit) out.push_back({row.unit, {}, 0, 0, {}});
      set_unit& unit = out[unit_at->second];
      const auto [at, is_new] = rows.try_emplace(row.unit + "\n" + row.name, unit.shown.size());
      if (is_new) {
        unit.shown.push_back({row.name, {}, std::vector<const compare::row*>(group.size())});
      }
      set_row& into = unit.shown[at->second];
      into.later[i] = &row;
      if (row.old_side) into.base = row.old_side;
    }
  }
  return out;
}

}  // namespace

std::vector<std::span<const compare::comparison>> groups_of(const compare::comparison_set& data) {
  const std::size_t width = data.columns.size() - 1;
  std::vector<std::span<const compare::comparison>> out;
  for (std::size_t at = 0; at < data.all.size(); at += width) {
    out.push_back(std::span(data.all).subspan(at, width));
  }
  return out;
}

std::vector<set_unit> units_of(std::span<const compare::comparison> group, bool all) {
  std::vector<set_unit> out = gather(group);
  std::size_t rows = 0;
  for (const set_unit& one : out) rows += one.shown.size();
  for (set_unit& one : out) {
    for (const compare::comparison& from : group) one.means.push_back(geomean_of(from, one.unit));
    if (all || rows <= few_rows) continue;
    std::erase_if(one.shown, [&](const set_row& row) {
      if (has_verdict(row, {verdict::slower, verdict::faster})) return false;
      ++(has_verdict(row, {verdict::unsure}) ? one.unsure : one.same);
      return true;
    });
  }
  return out;
}

std::string group_text(const compare::comparison& one) {
  std::string out;
  for (const auto& [key, value] : one.group) out += (out.empty() ? "" : " ") + key + "=" + value;
  return out;
}

std::vector<std::string> summary_lines(std::span<const compare::comparison> group) {
  std::vector<std::string> out;
  for (const compare::comparison& one : group) {
    out.push_back(one.new_label + " against " + one.old_label + ": " + verdict_counts(one));
  }
  return out;
}

}  // namespace nevaperf::report
