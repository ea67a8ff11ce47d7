#include "core/report/compare_rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/units/format.hpp"

namespace nevaperf::report {

using compare::verdict;

namespace {

std::string spoken(verdict what) {
  std::string out = compare::to_text(what);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

bool is_shown(const compare::row& row, const compare::options& how) {
  if (row.method == "exact") return row.old_side->median != row.new_side->median;
  return row.p_adjusted && *row.p_adjusted <= how.alpha;
}

// Slower rows first, then faster ones, each by the size of their change; the rest as it came.
std::pair<int, double> order_of(const compare::row* row) {
  const double size = row->ratio ? std::fabs(std::log(*row->ratio)) : 0;
  if (row->what == verdict::slower) return {0, -size};
  if (row->what == verdict::faster) return {1, -size};
  return {2, 0};
}

std::string number(double value, const char* format) {
  char text[32];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

// "Benjamini-Hochberg" of "benjamini-hochberg".
std::string name_of(std::string method) {
  bool starts = true;
  for (char& c : method) {
    if (starts && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    starts = c == '-' || c == ' ';
  }
  return method;
}

template <class Counted>
std::string counts_of(const Counted& data) {
  std::string out;
  for (const verdict what : {verdict::slower, verdict::faster, verdict::same, verdict::unsure,
                             verdict::only_old, verdict::only_new}) {
    const auto count = data.count(what);
    if (count == 0) continue;
    out += (out.empty() ? "" : ", ") + std::to_string(count) + " " + spoken(what);
  }
  return out;
}

}  // namespace

std::string verdict_counts(const compare::comparison& data) {
  return counts_of(data);
}

std::string verdict_counts(const compare::comparison_set& data) {
  return counts_of(data);
}

const compare::geomean* geomean_of(const compare::comparison& data, const std::string& unit) {
  const auto found = std::find_if(data.geomeans.begin(), data.geomeans.end(),
                                  [&](const compare::geomean& one) { return one.unit == unit; });
  return found == data.geomeans.end() ? nullptr : &*found;
}

std::string method_text(const compare::comparison& data) {
  return "threshold ±" + units::format_percent(data.how.margin) + ", " +
         units::format_percent(data.how.confidence) + " intervals, " + std::to_string(data.family) +
         " tests corrected after " + name_of(data.by.correction);
}

std::string side_text(const std::optional<compare::side>& side, const std::string& unit) {
  return side ? units::format_value(side->median, unit) : std::string();
}

std::string spread_text(const std::optional<compare::side>& side) {
  if (!side) return "";
  return side->n < 2 ? units::not_shown
                     : units::format_spread(side->median, side->ci.low, side->ci.high);
}

std::string change_text(const compare::row& row, const compare::options& how) {
  if (!row.old_side || !row.new_side) return "";
  if (!is_shown(row, how)) return units::not_shown;
  if (row.ratio) return units::format_change(*row.ratio - 1);
  return row.old_side->median == 0 ? "from 0" : row.new_side->median == 0 ? "-100%" : "?";
}

std::string interval_text(const compare::row& row) {
  if (!row.ci || row.method == "exact") return "";
  return units::format_change(row.ci->low - 1) + " ... " + units::format_change(row.ci->high - 1);
}

std::string p_text(const compare::row& row) {
  if (row.method == "exact") return "exact";
  if (!row.p_adjusted) return "";
  return *row.p_adjusted < 0.001 ? "<0.001" : number(*row.p_adjusted, "%.3f");
}

std::string n_text(const compare::row& row) {
  if (!row.old_side && !row.new_side) return "0";
  if (!row.old_side) return std::to_string(row.new_side->n);
  if (!row.new_side || row.old_side->n == row.new_side->n) return std::to_string(row.old_side->n);
  return std::to_string(row.old_side->n) + "+" + std::to_string(row.new_side->n);
}

std::string explanation(const compare::row& row, const compare::options& how) {
  std::string out = spoken(row.what) + ": ";
  if (!row.old_side || !row.new_side) {
    out += row.warnings.empty() ? "there is nothing on the other side" : row.warnings[0].text;
    return out;
  }
  if (row.method == "exact") {
    return out + (row.what == verdict::same ? "the counts are equal" : "the counts differ");
  }
  const std::string margin = "±" + units::format_percent(how.margin);
  const std::string interval =
      row.ci ? "the interval " + interval_text(row) : std::string("there is no ratio");
  if (row.ci && row.what == verdict::same) {
    out += interval + " lies within " + margin;
  } else if (row.ci && row.what != verdict::unsure) {
    out += interval + " lies beyond " + margin;
  } else {
    out += row.ci ? interval + " does not decide at " + margin : interval;
  }
  out += "; p = " + number(row.p.value_or(1), "%.3g") + ", corrected " +
         number(row.p_adjusted.value_or(1), "%.3g");
  if (row.samples_needed) {
    out += "; about " + std::to_string(*row.samples_needed) + " samples a side would settle it";
  }
  for (const model::warning& one : row.warnings) out += "; " + one.text + " (" + one.next + ")";
  return out;
}

std::vector<unit_rows> by_unit(const compare::comparison& data, bool all) {
  const bool with_lines = all || data.rows.size() <= few_rows;
  std::vector<unit_rows> out;
  for (const compare::row& row : data.rows) {
    if (row.what == verdict::only_old || row.what == verdict::only_new) continue;
    if (out.empty() || out.back().unit != row.unit) out.push_back({row.unit, {}, {}, 0});
    unit_rows& into = out.back();
    if (with_lines || row.what == verdict::slower || row.what == verdict::faster) {
      into.shown.push_back(&row);
    } else if (row.what == verdict::unsure) {
      into.unsure.push_back(&row);
    } else {
      ++into.same;
    }
  }
  for (unit_rows& one : out) {
    std::stable_sort(
        one.shown.begin(), one.shown.end(),
        [](const compare::row* a, const compare::row* b) { return order_of(a) < order_of(b); });
  }
  return out;
}

std::vector<std::string> names_with(const compare::comparison& data, verdict what) {
  std::vector<std::string> out;
  for (const compare::row& row : data.rows) {
    if (row.what != what) continue;
    if (std::find(out.begin(), out.end(), row.name) == out.end()) out.push_back(row.name);
    if (out.size() > few_rows) break;
  }
  return out;
}

std::string shared_path(const compare::comparison& data) {
  if (data.rows.size() < 2) return "";
  std::string_view shared = data.rows.front().name;
  for (const compare::row& row : data.rows) {
    const auto differs =
        std::mismatch(shared.begin(), shared.end(), row.name.begin(), row.name.end());
    shared = shared.substr(0, static_cast<std::size_t>(differs.first - shared.begin()));
  }
  // A path starts with a host; the parts of a benchmark's own name stay.
  const std::size_t host = shared.find('/');
  if (host == std::string_view::npos ||
      shared.substr(0, host).find('.') == std::string_view::npos) {
    return "";
  }
  const std::size_t dot = shared.find('.', host);
  return std::string(shared.substr(0, shared.substr(0, dot).rfind('/') + 1));
}

std::string some_names(std::span<const std::string> names) {
  constexpr std::size_t shown = 3;
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < shown; ++i) out += (i > 0 ? ", " : "") + names[i];
  if (names.size() > few_rows) return out + " and many more";
  if (names.size() > shown) out += " and " + std::to_string(names.size() - shown) + " more";
  return out;
}

}  // namespace nevaperf::report
