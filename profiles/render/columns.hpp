// Aligns text in columns of a terminal; each character counts as one cell.
//
// Thread safety: pure functions.
#pragma once

#include <algorithm>
#include <string>

namespace nevaperf::profiles {

// Code points of UTF-8.
inline std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }));
}

inline std::string right(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, width_of(text)), ' ') + text;
}

inline std::string left(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, width_of(text)), ' ');
}

}  // namespace nevaperf::profiles
