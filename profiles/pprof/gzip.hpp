// Gzip (RFC 1952) in memory, through zlib.
//
// Sizes are bytes. Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace nevaperf::profiles {

// What a profile may unpack to: a small file can claim any size.
inline constexpr std::uint64_t most_unpacked_bytes = std::uint64_t{512} << 20;

[[nodiscard]] bool is_gzip(std::string_view bytes);

// All members of the file, one after the other. Truncated or damaged data, anything after the last
// member and more than `limit_bytes` are errors.
[[nodiscard]] base::result<std::string> unpack_gzip(
    std::string_view bytes, std::uint64_t limit_bytes = most_unpacked_bytes);

// One member without a name or time: the same bytes give the same file.
[[nodiscard]] std::string pack_gzip(std::string_view bytes);

}  // namespace nevaperf::profiles
