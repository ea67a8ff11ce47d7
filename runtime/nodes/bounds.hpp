// Indexes and bounds as Neva's lists and strings take them: negative ones count from the end.
//
// Thread safety: pure functions.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace nevaperf::runtime {

// The place that `index` means in something of that size; none if there is no such place.
inline std::optional<std::size_t> place_in(std::size_t size, std::int64_t index) {
  const auto length = static_cast<std::int64_t>(size);
  if (index < -length || index >= length) return std::nullopt;
  return static_cast<std::size_t>(index < 0 ? index + length : index);
}

struct part {
  std::size_t from;
  std::size_t to;  // from <= to <= size
};

// Bounds beyond the ends are moved to the ends; reversed ones give an empty part.
inline part part_of(std::size_t size, std::int64_t from, std::int64_t to) {
  const auto length = static_cast<std::int64_t>(size);
  const auto placed = [length](std::int64_t bound) {
    return std::clamp<std::int64_t>(bound < 0 ? bound + length : bound, 0, length);
  };
  const std::int64_t first = placed(from);
  return {static_cast<std::size_t>(first), static_cast<std::size_t>(std::max(first, placed(to)))};
}

}  // namespace nevaperf::runtime
