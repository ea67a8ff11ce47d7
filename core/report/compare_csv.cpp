#include "core/report/compare_csv.hpp"

#include <charconv>

namespace nevaperf::report {

namespace {

std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string number(const std::optional<double>& value) {
  if (!value) return "";
  char text[40];
  const auto end = std::to_chars(text, text + sizeof text, *value).ptr;
  return {text, end};
}

std::string side_fields(const std::optional<compare::side>& side) {
  if (!side) return ",,,0";
  return number(side->median) + "," + number(side->ci.low) + "," + number(side->ci.high) + "," +
         std::to_string(side->n);
}

constexpr const char* titles =
    "name,unit,old,old_low,old_high,n_old,new,new_low,new_high,n_new,ratio,ratio_low,ratio_high,"
    "p,p_adjusted,method,verdict";

std::string row_fields(const compare::row& row) {
  const auto low = row.ci ? std::optional(row.ci->low) : std::nullopt;
  const auto high = row.ci ? std::optional(row.ci->high) : std::nullopt;
  return field(row.name) + "," + field(row.unit) + "," + side_fields(row.old_side) + "," +
         side_fields(row.new_side) + "," + number(row.ratio) + "," + number(low) + "," +
         number(high) + "," + number(row.p) + "," + number(row.p_adjusted) + "," + row.method +
         "," + compare::to_text(row.what);
}

}  // namespace

std::string compare_csv(const compare::comparison& data) {
  std::string out = std::string(titles) + "\r\n";
  for (const compare::row& row : data.rows) out += row_fields(row) + "\r\n";
  return out;
}

std::string compare_csv(const compare::comparison_set& data) {
  if (data.is_plain()) return compare_csv(data.all.front());
  std::string out = std::string(titles) + ",old_label,new_label";
  for (const auto& [key, value] : data.all.front().group) out += "," + field(key);
  out += "\r\n";
  for (const compare::comparison& one : data.all) {
    std::string end = "," + field(one.old_label) + "," + field(one.new_label);
    for (const auto& [key, value] : one.group) end += "," + field(value);
    for (const compare::row& row : one.rows) out += row_fields(row) + end + "\r\n";
  }
  return out;
}

}  // namespace nevaperf::report
