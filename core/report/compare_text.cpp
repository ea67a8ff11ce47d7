#include "core/report/compare_text.hpp"

#include <vector>

#include "core/report/compare_rows.hpp"
#include "core/report/text_table.hpp"
#include "core/units/format.hpp"

namespace nevaperf::report {

using compare::verdict;

namespace {

std::string table_of(const unit_rows& rows, const compare::comparison& data, std::size_t cut,
                     bool colour) {
  text_table table({{rows.unit, align::left},
                    {"old"},
                    {"±"},
                    {"new"},
                    {"±"},
                    {"change"},
                    {"interval"},
                    {"p"},
                    {"n"},
                    {"verdict", align::left}});
  for (const compare::row* row : rows.shown) {
    table.add_row({{row->name.substr(cut)},
                   {side_text(row->old_side, row->unit)},
                   {spread_text(row->old_side), style::dim},
                   {side_text(row->new_side, row->unit)},
                   {spread_text(row->new_side), style::dim},
                   {change_text(*row, data.how), style_of(row->what)},
                   {interval_text(*row)},
                   {p_text(*row)},
                   {n_text(*row)},
                   {compare::to_text(row->what), style_of(row->what)}});
  }
  const compare::geomean* mean = geomean_of(data, rows.unit);
  if (mean != nullptr && mean->rows > 1) {
    table.add_row({{"geomean of " + std::to_string(mean->rows)},
                   {units::format_value(mean->old_value, rows.unit)},
                   {},
                   {units::format_value(mean->new_value, rows.unit)},
                   {},
                   {units::format_change(mean->ratio - 1)}});
  }
  return table.text(colour);
}

std::string rest_of(const unit_rows& rows, std::size_t cut) {
  std::string out;
  if (rows.same > 0) out += std::to_string(rows.same) + " same\n";
  if (!rows.unsure.empty()) {
    std::vector<std::string> names;
    for (const compare::row* row : rows.unsure) names.push_back(row->name.substr(cut));
    out += std::to_string(names.size()) + " unsure: " + printable(some_names(names)) + "\n";
  }
  return out;
}

std::string explanations(const unit_rows& rows, const compare::comparison& data) {
  std::string out;
  for (const compare::row* row : rows.shown) {
    out +=
        printable("  " + row->name + " " + row->unit + ": " + explanation(*row, data.how)) + "\n";
  }
  return out;
}

}  // namespace

style style_of(verdict what) {
  if (what == verdict::slower) return style::red;
  if (what == verdict::faster) return style::green;
  return what == verdict::unsure ? style::yellow : style::dim;
}

std::string compare_text(const compare::comparison& data, const compare_text_options& how) {
  std::string out =
      styled(verdict_counts(data), style::bold, how.colour) + " (" + method_text(data) + ")\n";
  out += printable("old: " + data.old_label) + "\n" + printable("new: " + data.new_label) + "\n";
  const std::string path = shared_path(data);
  if (!path.empty()) out += printable("names in: " + path) + "\n";
  bool is_short = false;
  for (const unit_rows& rows : by_unit(data, how.all)) {
    out += "\n" + table_of(rows, data, path.size(), how.colour) + rest_of(rows, path.size());
    if (how.explain) out += explanations(rows, data);
    is_short = is_short || rows.same > 0 || !rows.unsure.empty();
  }
  std::string lonely;
  for (const verdict what : {verdict::only_old, verdict::only_new}) {
    auto names = names_with(data, what);
    for (std::string& name : names) name.erase(0, path.size());
    if (names.empty()) continue;
    lonely += what == verdict::only_old ? "only in old: " : "only in new: ";
    lonely += printable(some_names(names)) + "\n";
  }
  if (!lonely.empty()) out += "\n" + lonely;
  if (is_short) out += "\nall rows: --all; how a verdict came about: --explain\n";
  return out;
}

}  // namespace nevaperf::report
