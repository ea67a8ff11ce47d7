// The source of functions, each line with what was spent there.
//
// flat and cumulative as in text_views.hpp, by line. A source file is looked for by its path, then,
// with the prefixes of `trims` taken off, below each folder of `folders` by ever shorter ends of
// its path. One that is not found is said, and its lines are shown without their text.
// Thread safety: any thread; reads files.
#pragma once

#include <string>
#include <vector>

#include "core/base/file.hpp"
#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

struct source_places {
  std::vector<std::string> folders;
  std::vector<std::string> trims;
};

struct list_options {
  std::string pattern;   // of the names of the functions
  std::size_t rows = 0;  // the functions with the most, cumulative; 0: all
  source_places places;
};

// A bad pattern, or one that names no function that was seen, is an error.
[[nodiscard]] base::result<std::string> list_text(const profile& p, std::size_t type,
                                                  std::int64_t whole, const list_options& options,
                                                  const base::file_system& files);

}  // namespace nevaperf::profiles
