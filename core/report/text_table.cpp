#include "core/report/text_table.hpp"

#include <algorithm>
#include <cassert>

namespace nevaperf::report {

void text_table::add_row(std::vector<cell> row) {
  assert(row.size() <= columns_.size());
  row.resize(columns_.size());
  for (cell& one : row) one.text = printable(one.text);
  rows_.push_back(std::move(row));
}

std::string text_table::text(bool colour) const {
  std::vector<std::size_t> widths;
  widths.reserve(columns_.size());
  for (const column& one : columns_) widths.push_back(display_width(one.title));
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i].text));
    }
  }

  std::string out;
  const auto add_line = [&](const auto& cell_at) {
    std::string line;
    std::size_t pending = 0;  // spaces due before the next text, so that none end the line
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const cell one = cell_at(i);
      const std::size_t gap = widths[i] - display_width(one.text);
      const bool left = columns_[i].side == align::left;
      if (!left) pending += gap;
      if (!one.text.empty()) {
        line.append(pending, ' ');
        line += styled(one.text, one.how, colour);
        pending = 0;
      }
      if (left) pending += gap;
      pending += 2;
    }
    out += line + "\n";
  };
  add_line([&](std::size_t i) { return cell{columns_[i].title, style::bold}; });
  for (const auto& row : rows_) {
    add_line([&](std::size_t i) { return row[i]; });
  }
  return out;
}

}  // namespace nevaperf::report
