#include "profiles/render/diff_words.hpp"

#include <fmt/format.h>

#include <cmath>

#include "core/units/format.hpp"
#include "profiles/render/amounts.hpp"

namespace nevaperf::profiles {

namespace {

std::string files_text(const std::vector<std::string>& files) {
  if (files.empty()) return "~";
  return files.size() == 1 ? files[0] : fmt::format("{} and {} more", files[0], files.size() - 1);
}

std::string basis_text(const difference& d) {
  switch (d.by) {
    case basis::operations:
      return "per operation";
    case basis::total:
      return fmt::format("as shares of each side's total (recorded: {} and {})",
                         amount_text(d.old_recorded, d.unit), amount_text(d.new_recorded, d.unit));
    case basis::recorded:
      break;
  }
  return "as recorded";
}

std::string bounds_text(const difference& d) {
  const std::string level = units::format_percent(d.confidence);
  switch (d.bounds) {
    case bounds_from::runs:
      return fmt::format("{} bounds from {} and {} runs (Welch's t)", level, d.old_runs,
                         d.new_runs);
    case bounds_from::counts:
      return level + " bounds from the numbers of samples (Poisson)";
    case bounds_from::nothing:
      break;
  }
  return "no bounds";
}

std::string total_text(const difference& d) {
  const compared_value& t = d.total;
  std::string text = fmt::format("total: {} -> {}", amount_text(t.old_value, d.unit),
                                 amount_text(t.new_value, d.unit));
  if (d.by == basis::total) return text + ", made equal";
  return text + fmt::format(", {} ({}){}", share_of_total(t.by.change, d), interval_of(t, d),
                            t.is_change ? "" : ": within the noise");
}

}  // namespace

std::vector<std::string> heading_lines(const difference& d, const diff_view_options& options) {
  return {
      fmt::format("old: {}, new: {}", files_text(options.old_files), files_text(options.new_files)),
      fmt::format("{}, {}; {}, corrected for {} functions after Benjamini-Hochberg", d.type,
                  basis_text(d), bounds_text(d), d.functions.size()),
      total_text(d)};
}

std::string heading_text(const difference& d, const diff_view_options& options) {
  std::string text;
  for (const std::string& line : heading_lines(d, options)) text += line + "\n";
  return text;
}

std::string signed_amount(double value, const std::string& unit) {
  return (value > 0 ? "+" : "") + amount_text(value, unit);
}

std::string share_of_total(double value, const difference& d) {
  if (d.total.old_value <= 0) return units::not_shown;
  return units::format_change(value / d.total.old_value);
}

std::string interval_of(const compared_value& value, const difference& d) {
  if (d.bounds == bounds_from::nothing) return units::not_shown;
  return share_of_total(value.by.low, d) + " ... " + share_of_total(value.by.high, d);
}

std::string kind_mark(const function_difference& f) {
  if (f.vanished()) return " (vanished)";
  return f.fresh() ? " (new)" : "";
}

const char* verdict_of(const function_difference& f) {
  if (!f.is_change()) return "noise";
  if (f.vanished()) return "vanished";
  if (f.fresh()) return "new";
  return (f.flat.is_change ? f.flat : f.cumulative).by.change > 0 ? "grew" : "shrank";
}

}  // namespace nevaperf::profiles
