// New files and folders with names that nobody else has, with Go's behaviour and error texts.
//
// Thread safety: any thread.
#pragma once

#include <string>

#include "core/base/error.hpp"

namespace nevaperf::runtime {

// New and empty, in `folder`. The last '*' of the pattern, or its end, becomes a random number. The
// path.
base::result<std::string> make_temporary_folder(const std::string& folder,
                                                const std::string& pattern);
base::result<std::string> make_temporary_file(const std::string& folder,
                                              const std::string& pattern);

}  // namespace nevaperf::runtime
