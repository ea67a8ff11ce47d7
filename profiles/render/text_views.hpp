// A view as text for a terminal; each ends in a line break.
//
// flat: spent in the function itself; cum: in it and all that it calls, once for each stack however
// often it is on it. Shares are of `whole`, the total before any filter.
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <string>

#include "profiles/model/stack_view.hpp"

namespace nevaperf::profiles {

struct top_options {
  std::size_t rows = 15;  // 0: all
  bool by_cumulative = false;
};

// A table of functions, the largest first, with bars.
[[nodiscard]] std::string top_text(const stack_view& view, std::int64_t whole,
                                   const top_options& options);

// Calls from the root down, indented; calls below 1% are left out and counted.
[[nodiscard]] std::string tree_text(const stack_view& view, std::int64_t whole);

// The functions that a pattern names (none given: the `rows` largest), each between its callers and
// its callees. A bad pattern, or one that names none, is an error.
[[nodiscard]] base::result<std::string> peek_text(const stack_view& view, std::int64_t whole,
                                                  const std::string& pattern_text,
                                                  std::size_t rows);

}  // namespace nevaperf::profiles
