// What the comments of a profile say beside its numbers: one "KEY: VALUE" each.
//
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

// How many operations the profiled work did; a whole number.
inline constexpr std::string_view operations_note = "operations";
// Whose malloc the profiled process used; profiles under different ones are not compared.
inline constexpr std::string_view allocator_note = "allocator";

[[nodiscard]] std::string note_text(std::string_view key, std::string_view value);

// The value of the first comment with the key.
[[nodiscard]] std::optional<std::string> find_note(const profile& p, std::string_view key);

// None if there is no such comment or it holds no whole number above 0.
[[nodiscard]] std::optional<std::int64_t> operations_of(const profile& p);

}  // namespace nevaperf::profiles
