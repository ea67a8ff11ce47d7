// The reference page of all runtime functions, in Markdown: what FUNCTIONS.md beside this file
// holds.
//
// Thread safety: constant.
#pragma once

#include <string>

namespace nevaperf::runtime {

std::string function_reference();

}  // namespace nevaperf::runtime
