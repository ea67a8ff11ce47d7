#include "profiles/render/diff_views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/units/format.hpp"
#include "profiles/diff/diff_tree.hpp"
#include "profiles/render/amounts.hpp"
#include "profiles/render/columns.hpp"
#include "profiles/render/diff_words.hpp"

namespace nevaperf::profiles {

namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
      continue;
    }
    if (std::string_view("|\\`*_[]~&").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// The functions with a line of their own.
std::vector<const function_difference*> shown(const difference& d,
                                              const diff_view_options& options) {
  std::vector<const function_difference*> rows;
  for (const function_difference& f : d.functions) {
    if (options.rows != 0 && rows.size() == options.rows) break;
    if (f.is_change() || options.all) rows.push_back(&f);
  }
  return rows;
}

// The value that changed: flat where that did, else cumulative.
struct row_parts {
  const char* kind;
  std::string old_value, new_value, change, of_total, interval, name;
};

row_parts parts_of(const function_difference& f, const difference& d) {
  const bool is_flat = f.flat.is_change || !f.cumulative.is_change;
  const compared_value& value = is_flat ? f.flat : f.cumulative;
  return {.kind = is_flat ? "flat" : "cum ",
          .old_value = amount_text(value.old_value, d.unit),
          .new_value = amount_text(value.new_value, d.unit),
          .change = signed_amount(value.by.change, d.unit),
          .of_total = share_of_total(value.by.change, d),
          .interval = interval_of(value, d),
          .name = f.function.name + kind_mark(f)};
}

std::string rest_text(const difference& d, std::size_t rows, const diff_view_options& options) {
  const std::size_t changes = d.changes();
  const std::size_t noise = d.functions.size() - changes;
  std::string text;
  const std::size_t listed = options.all ? d.functions.size() : changes;
  if (rows < listed) text += fmt::format("{} more (--rows 0 shows them)\n", listed - rows);
  if (changes == 0) text += "no function changed beyond the noise\n";
  if (!options.all && noise > 0)
    text += fmt::format("{} functions within the noise are hidden (--all shows them)\n", noise);
  return text;
}

}  // namespace

std::string diff_text(const difference& d, const diff_view_options& options) {
  std::string text = heading_text(d, options) + "\n";
  const auto rows = shown(d, options);
  if (!rows.empty()) text += "            old         new      change  of total  interval\n";
  for (const function_difference* f : rows) {
    const row_parts row = parts_of(*f, d);
    text += fmt::format("{} {} {} {} {}  {} {}\n", row.kind, right(row.old_value, 10),
                        right(row.new_value, 11), right(row.change, 11), right(row.of_total, 9),
                        left(row.interval, 18), row.name);
  }
  return text + rest_text(d, rows.size(), options);
}

std::string diff_markdown(const difference& d, const diff_view_options& options) {
  std::string text;
  for (const std::string& line : heading_lines(d, options)) text += escaped(line) + "\n\n";
  const auto rows = shown(d, options);
  if (!rows.empty())
    text +=
        "| function | | old | new | change | of total | interval |\n"
        "|:--|:--|--:|--:|--:|--:|--:|\n";
  for (const function_difference* f : rows) {
    const row_parts row = parts_of(*f, d);
    text +=
        fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", escaped(row.name), row.kind,
                    row.old_value, row.new_value, row.change, row.of_total, escaped(row.interval));
  }
  return text + (rows.empty() ? "" : "\n") + rest_text(d, rows.size(), options);
}

std::string diff_folded_text(const aligned_sides& sides) {
  const auto nodes = make_diff_tree(sides);
  double recorded = 0;
  for (const aligned_run& run : sides.old_runs) recorded += static_cast<double>(run.view.total);
  recorded /= static_cast<double>(sides.old_runs.size());
  const double scale = nodes[0].total.old_value > 0 ? recorded / nodes[0].total.old_value : 1;
  std::vector<std::string> paths(nodes.size());
  std::map<std::string, old_and_new> sums;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i > 0) {
      std::string name = sides.frames[nodes[i].frame].name;
      std::ranges::replace(name, ';', ':');
      const std::string& above = paths[nodes[i].parent];
      paths[i] = above.empty() ? name : above + ";" + name;
    }
    old_and_new& sum = sums[paths[i].empty() ? "[unknown]" : paths[i]];
    sum.old_value += nodes[i].self.old_value * scale;
    sum.new_value += nodes[i].self.new_value * scale;
  }
  std::string text;
  for (const auto& [path, sum] : sums) {
    const auto before = round_saturated(sum.old_value);
    const auto now = round_saturated(sum.new_value);
    if (before != 0 || now != 0) text += fmt::format("{} {} {}\n", path, before, now);
  }
  return text;
}

}  // namespace nevaperf::profiles
