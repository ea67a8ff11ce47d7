// Where the verbs about profiles put what they made.
//
// Thread safety: none.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "profiles/model/profile.hpp"

namespace nevaperf::cli {

// Any kind of profile; the error names the file.
[[nodiscard]] base::result<profiles::profile> open_profile(const std::string& file);

// For pages and packed files: not onto a terminal.
[[nodiscard]] base::result<void> check_place(const std::string& view, const std::string& out);

// To the file `out`, or to standard output if that is empty. Gives the exit status.
int put_output(const std::string& text, const std::string& out);

}  // namespace nevaperf::cli
