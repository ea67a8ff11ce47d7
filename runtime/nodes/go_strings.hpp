// Go's functions on strings: by rune, splitting, case.
//
// A rune that is not valid UTF-8 counts as one character per broken byte; where a function rebuilds
// text from runes it becomes U+FFFD, where it cuts text the bytes stay as they are. Each function
// says which.
//
// Case mapping is Unicode's simple one (one rune to one rune), from utf8proc.
//
// Thread safety: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nevaperf::runtime {

// The rune at `index` as text; a negative index counts from the end. Broken bytes become U+FFFD.
std::optional<std::string> rune_at(std::string_view text, std::int64_t index);

// The runes from `from` up to `to`, with the bounds of a list slice. Broken bytes become U+FFFD.
std::string rune_slice(std::string_view text, std::int64_t from, std::int64_t to);

// strings.Split: the parts between the delimiters, or single runes if the delimiter is empty. Cuts:
// the parts are views.
std::vector<std::string_view> split(std::string_view text, std::string_view delimiter);

// strings.ToUpper, strings.ToLower. Broken bytes become U+FFFD if there is anything but ASCII.
std::string upper(std::string_view text);
std::string lower(std::string_view text);

}  // namespace nevaperf::runtime
