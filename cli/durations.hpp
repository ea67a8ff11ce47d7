// Times as words of a command line.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/error.hpp"

namespace nevaperf::cli {

// "30s" -> nanoseconds; more than 0, at most a week. An error names the option.
[[nodiscard]] base::result<std::int64_t> duration_ns(const std::string& option,
                                                     const std::string& text);

}  // namespace nevaperf::cli
