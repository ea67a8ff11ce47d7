// Errors of the system in Go's words: programs print them, so they must be the same.
//
// Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace nevaperf::runtime {

// "no such file or directory"
[[nodiscard]] std::string errno_text(int number);

// "open name: no such file or directory", all in `what`: the text goes to a program, not to the
// user of nevaperf.
[[nodiscard]] base::error path_error(std::string_view operation, std::string_view path, int number);

}  // namespace nevaperf::runtime
