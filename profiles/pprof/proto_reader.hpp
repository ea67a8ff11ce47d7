// Reads profile.proto (see proto_fields.hpp).
//
// Every index and id is checked; fields that are not known are skipped, as the format asks. Limits:
// most_table_entries in each table, most_samples, most_stack_frames over all samples.
// Thread safety: pure function.
#pragma once

#include <cstddef>
#include <string_view>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

inline constexpr std::size_t most_table_entries = std::size_t{4} << 20;
inline constexpr std::size_t most_texts = std::size_t{16} << 20;
inline constexpr std::size_t most_samples = std::size_t{16} << 20;
inline constexpr std::size_t most_stack_frames = std::size_t{128} << 20;

// Not packed; see gzip.hpp.
[[nodiscard]] base::result<profile> read_proto(std::string_view bytes);

}  // namespace nevaperf::profiles
