// Names of stored things, from the files that hold them.
//
// Thread safety: pure functions over a file system.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/file.hpp"

namespace nevaperf::store {

// The names of the files of a folder that end in `suffix`, without it, sorted.
[[nodiscard]] base::result<std::vector<std::string>> names_with_suffix(
    const base::file_system& files, const std::string& folder, std::string_view suffix);

}  // namespace nevaperf::store
