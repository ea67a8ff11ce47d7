// Values to measure with. Integers are large and texts are made one by one, so that no table of
// small values serves them.
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/message/message.hpp"

namespace nevaperf::playbook {

// Integers are counted from here.
inline constexpr std::int64_t first_number = 1'000'000;

// The value at a place of a list or a dict.
using value_maker = runtime::message (*)(std::int64_t place);

runtime::message integer_at(std::int64_t place);
runtime::message floating_at(std::int64_t place);
runtime::message boolean_at(std::int64_t place);   // true at even places
runtime::message text_at(std::int64_t place);      // "v1000000"
runtime::message digits_at(std::int64_t place);    // "1000000"
runtime::message dict_key_at(std::int64_t place);  // "k1000000"

runtime::message list_of(std::int64_t size, value_maker make);
// `size` integers from that of `place` on.
runtime::message integers_from(std::int64_t place, std::int64_t size);
runtime::message dict_of(std::int64_t size, value_maker make);

}  // namespace nevaperf::playbook
