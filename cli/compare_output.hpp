// Prints a comparison: the result to standard output, its doubts to standard error.
//
// Thread safety: owner of the streams only.
#pragma once

#include <string>

#include "core/compare/comparison.hpp"

namespace nevaperf::cli {

struct compare_output {
  std::string format = "text";  // text, json, markdown, csv
  bool all = false;             // a line for every row
  bool explain = false;
  bool fail = false;  // something slower is a status of its own
};

// Gives the exit status.
[[nodiscard]] int print_comparison(const compare::comparison_set& data, const compare_output& how);

}  // namespace nevaperf::cli
