// A table of aligned columns for a terminal or a plain text file.
//
// Widths are terminal cells (terminal_text.hpp). Two spaces between columns, none at the end of a
// line. Thread safety: owner only.
#pragma once

#include <string>
#include <vector>

#include "core/report/terminal_text.hpp"

namespace nevaperf::report {

enum class align { left, right };

struct cell {
  std::string text;
  style how = style::plain;
};

class text_table {
 public:
  struct column {
    std::string title;
    align side = align::right;
  };

  explicit text_table(std::vector<column> columns) : columns_(std::move(columns)) {}

  // Missing cells at the end are empty; more cells than columns are a programmer's error.
  void add_row(std::vector<cell> row);

  // The titles and the rows, each line ended by a line break.
  [[nodiscard]] std::string text(bool colour) const;

 private:
  std::vector<column> columns_;
  std::vector<std::vector<cell>> rows_;
};

}  // namespace nevaperf::report
