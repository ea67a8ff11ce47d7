// The templates of printf: `$` and a number stand for the text of that argument, everything else
// for itself.
//
// There is no escape; a `$` without a number is just a `$`, and a number goes on as long as there
// are digits.
//
// Thread safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "runtime/message/message.hpp"

namespace nevaperf::runtime {

// The text, or an error whose `what` has the words of the original: a number without an argument,
// or arguments that are not used.
base::result<std::string> expand_template(std::string_view text,
                                          std::span<const message> arguments);

}  // namespace nevaperf::runtime
