#include "core/report/compare_markdown.hpp"

#include "core/report/compare_rows.hpp"
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
  for (const model::warning& one : data.warnings) {
    out += "\n- warning: " + escaped(one.text + " (" + one.next + ")");
  }
  return data.warnings.empty() ? out : out + "\n";
}

}  // namespace nevaperf::report
