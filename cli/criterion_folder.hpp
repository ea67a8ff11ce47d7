// criterion's results as they lie in target/criterion: NAME/new/{estimates,sample,benchmark}.json.
//
// Thread safety: pure functions over a file system.
#pragma once

#include <string>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/formats/recording.hpp"

namespace nevaperf::cli {

// Every folder `new` below `folder`. An error if there is none.
[[nodiscard]] base::result<formats::recording> read_criterion_folder(const base::file_system& files,
                                                                     const std::string& folder);

// The one benchmark whose estimates or samples are in `path`, with what lies beside that file.
[[nodiscard]] base::result<formats::recording> read_criterion_file(const base::file_system& files,
                                                                   const std::string& path);

}  // namespace nevaperf::cli
