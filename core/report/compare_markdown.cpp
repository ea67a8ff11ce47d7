#include "core/report/compare_markdown.hpp"

#include "core/report/compare_rows.hpp"
#include "core/report/compare_set_rows.hpp"
#include "core/report/terminal_text.hpp"
#include "core/units/format.hpp"

namespace nevaperf::report {

namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      if (std::string_view("|\\`*_[]~").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string line(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& cell : cells) out += " " + cell + " |";
  return out + "\n";
}

std::string with_spread(const std::optional<compare::side>& side, const std::string& unit) {
  return escaped(side_text(side, unit) + " " + spread_text(side));
}

std::string doubts_of(const std::vector<model::warning>& warnings) {
  std::string out;
  for (const model::warning& one : warnings) {
    out += "\n- warning: " + escaped(one.text + " (" + one.next + ")");
  }
  return out.empty() ? out : out + "\n";
}

std::string table_of(const set_unit& unit, const compare::comparison_set& data) {
  std::string out;
  if (!unit.shown.empty()) {
    std::vector<std::string> titles = {escaped(unit.unit), escaped(data.columns[0])};
    std::string sides = "|:--|--:|";
    for (std::size_t i = 1; i < data.columns.size(); ++i) {
      titles.insert(titles.end(), {escaped(data.columns[i]), "change", "p", "verdict"});
      sides += "--:|--:|--:|:--|";
    }
    out = line(titles) + sides + "\n";
  }
  for (const set_row& row : unit.shown) {
    std::vector<std::string> cells = {escaped(row.name), with_spread(row.base, unit.unit)};
    for (std::size_t i = 0; i < row.later.size(); ++i) {
      const compare::row* one = row.later[i];
      if (one == nullptr) {
        cells.insert(cells.end(), 4, "");
        continue;
      }
      cells.insert(cells.end(), {with_spread(one->new_side, unit.unit),
                                 escaped(change_text(*one, data.all.front().how)),
                                 escaped(p_text(*one)), compare::to_text(one->what)});
    }
    out += line(cells);
  }
  if (unit.same + unit.unsure == 0) return out;
  return out + (unit.shown.empty() ? escaped(unit.unit) + ": " : "\n") + std::to_string(unit.same) +
         " same, " + std::to_string(unit.unsure) + " unsure\n";
}

}  // namespace

std::string compare_markdown(const compare::comparison& data, bool all) {
  std::string out = "**" + verdict_counts(data) + "** (" + escaped(method_text(data)) + ")\n\n";
  out += "old: " + escaped(data.old_label) + ", new: " + escaped(data.new_label) + "\n";
  for (const unit_rows& rows : by_unit(data, all)) {
    out += "\n";
    if (!rows.shown.empty()) {
      out += line({escaped(rows.unit), "old", "new", "change", "interval", "p", "n", "verdict"}) +
             "|:--|--:|--:|--:|--:|--:|--:|:--|\n";
    } else {
      out += escaped(rows.unit) + ": ";
    }
    for (const compare::row* row : rows.shown) {
      out += line({escaped(row->name), with_spread(row->old_side, row->unit),
                   with_spread(row->new_side, row->unit), escaped(change_text(*row, data.how)),
                   escaped(interval_text(*row)), escaped(p_text(*row)), n_text(*row),
                   compare::to_text(row->what)});
    }
    if (rows.same + rows.unsure.size() > 0) {
      out += (rows.shown.empty() ? "" : "\n") + std::to_string(rows.same) + " same, " +
             std::to_string(rows.unsure.size()) + " unsure\n";
    }
  }
  for (const auto what : {compare::verdict::only_old, compare::verdict::only_new}) {
    const auto names = names_with(data, what);
    if (names.empty()) continue;
    out += what == compare::verdict::only_old ? "\nonly in old: " : "\nonly in new: ";
    out += escaped(some_names(names)) + "\n";
  }
  return out + doubts_of(data.warnings);
}

std::string compare_markdown(const compare::comparison_set& data, bool all) {
  if (data.is_plain()) {
    const compare::comparison& one = data.all.front();
    return compare_markdown(one, all) + doubts_of(data.warnings);
  }
  std::string out =
      "**" + verdict_counts(data) + "** (" + escaped(method_text(data.all.front())) + ")\n";
  for (const auto& group : groups_of(data)) {
    const std::string name = group_text(group.front());
    if (!name.empty()) out += "\n### " + escaped(name) + "\n";
    for (const std::string& one : summary_lines(group)) out += "\n- " + escaped(one);
    out += "\n";
    for (const set_unit& unit : units_of(group, all)) out += "\n" + table_of(unit, data);
    for (const compare::comparison& one : group) out += doubts_of(one.warnings);
  }
  return out + doubts_of(data.warnings);
}

}  // namespace nevaperf::report
