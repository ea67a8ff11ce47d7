// Standard base64 with padding, as Go's JSON encoder writes bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nevaperf::runtime {

std::optional<std::string> decode_base64(std::string_view text);  // nothing: not base64

}  // namespace nevaperf::runtime
