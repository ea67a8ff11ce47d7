// Neva's error value, as functions send it on their `err` port: a struct of a text and a union
// `child` that is None.
//
// Thread safety: any thread.
#pragma once

#include <string_view>

#include "runtime/message/message.hpp"

namespace nevaperf::runtime {

message error_value(std::string_view text);

}  // namespace nevaperf::runtime
