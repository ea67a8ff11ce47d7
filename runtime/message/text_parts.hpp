// Pieces of text.cpp that lie in other sources.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace nevaperf::runtime {

void append_base64(std::string& out, std::string_view data);  // padded, without quotes
void append_integer(std::string& out, std::int64_t value);

}  // namespace nevaperf::runtime
