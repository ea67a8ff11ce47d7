#include <utility>
#include <vector>

#include "core/report/compare_rows.hpp"
#include "core/report/compare_set_rows.hpp"
#include "core/report/compare_text.hpp"
#include "core/report/text_table.hpp"
#include "core/units/format.hpp"

namespace nevaperf::report {

using compare::verdict;

namespace {

constexpr std::size_t widest_title = 20;

bool is_wide(const std::string& label) {
  return display_width(printable(label)) > widest_title;
}

std::vector<std::string> titles_of(const compare::comparison_set& data) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < data.columns.size(); ++i) {
    out.push_back(is_wide(data.columns[i]) ? "#" + std::to_string(i + 1) : data.columns[i]);
  }
  return out;
}

void add_row(text_table& table, const set_row& row, const compare::options& how,
             const std::string& unit) {
  std::vector<cell> cells = {
      {row.name}, {side_text(row.base, unit)}, {spread_text(row.base), style::dim}};
  for (const compare::row* one : row.later) {
    if (one == nullptr) {
      cells.resize(cells.size() + 4);
      continue;
    }
    cells.push_back({side_text(one->new_side, unit)});
    cells.push_back({spread_text(one->new_side), style::dim});
    cells.push_back({change_text(*one, how), style_of(one->what)});
    cells.push_back({compare::to_text(one->what), style_of(one->what)});
  }
  table.add_row(std::move(cells));
}

void add_means(text_table& table, const set_unit& unit) {
  std::vector<cell> cells = {{"geomean"}, {}, {}};
  std::size_t most = 0;
  for (const compare::geomean* mean : unit.means) {
    if (mean == nullptr) {
      cells.resize(cells.size() + 4);
      continue;
    }
    most = std::max<std::size_t>(most, mean->rows);
    // The first column's own mean is over other rows for each later column: it is not shown.
    cells.push_back({units::format_value(mean->new_value, unit.unit)});
    cells.push_back({});
    cells.push_back({units::format_change(mean->ratio - 1)});
    cells.push_back({"of " + std::to_string(mean->rows)});
  }
  if (most > 1) table.add_row(std::move(cells));
}

std::string table_of(const set_unit& unit, const std::vector<std::string>& titles,
                     const compare::options& how, bool colour) {
  std::vector<text_table::column> columns = {{unit.unit, align::left}, {titles[0]}, {"±"}};
  for (std::size_t i = 1; i < titles.size(); ++i) {
    columns.push_back({titles[i]});
    columns.push_back({"±"});
    columns.push_back({"change"});
    columns.push_back({"verdict", align::left});
  }
  text_table table(std::move(columns));
  for (const set_row& row : unit.shown) add_row(table, row, how, unit.unit);
  add_means(table, unit);
  std::string out = table.text(colour);
  if (unit.same > 0) out += std::to_string(unit.same) + " same\n";
  if (unit.unsure > 0) out += std::to_string(unit.unsure) + " unsure\n";
  return out;
}

std::string explanations(const set_unit& unit, std::span<const compare::comparison> group) {
  std::string out;
  for (const set_row& row : unit.shown) {
    for (std::size_t i = 0; i < row.later.size(); ++i) {
      if (row.later[i] == nullptr) continue;
      out += printable("  " + group[i].new_label + " " + row.name + " " + unit.unit + ": " +
                       explanation(*row.later[i], group[i].how)) +
             "\n";
    }
  }
  return out;
}

}  // namespace

std::string compare_text(const compare::comparison_set& data, const compare_text_options& how) {
  if (data.is_plain()) return compare_text(data.all.front(), how);
  std::string out = styled(verdict_counts(data), style::bold, how.colour) + " (" +
                    method_text(data.all.front()) + ")\n";
  const std::vector<std::string> titles = titles_of(data);
  for (std::size_t i = 0; i < titles.size(); ++i) {
    if (titles[i] != data.columns[i]) out += printable(titles[i] + ": " + data.columns[i]) + "\n";
  }
  bool is_short = false;
  for (const auto& group : groups_of(data)) {
    const std::string name = group_text(group.front());
    if (!name.empty()) out += "\n" + styled(printable(name), style::bold, how.colour) + "\n";
    for (const std::string& line : summary_lines(group)) out += printable(line) + "\n";
    for (const set_unit& unit : units_of(group, how.all)) {
      out += "\n" + table_of(unit, titles, group.front().how, how.colour);
      if (how.explain) out += explanations(unit, group);
      is_short = is_short || unit.same + unit.unsure > 0;
    }
  }
  if (is_short) out += "\nall rows: --all; how a verdict came about: --explain\n";
  return out;
}

}  // namespace nevaperf::report
