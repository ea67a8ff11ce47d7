// Up to 16 bytes of text as two words, read with a few overlapping loads: a call of memcpy with a
// length known only at run time would cost more than all the rest of making a short string.
//
// Thread safety: pure functions.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace nevaperf::runtime {

struct short_text {
  std::uint64_t low;   // bytes 0-7, little endian, absent bytes zero
  std::uint64_t high;  // bytes 8-15
};

inline std::uint64_t load_8_bytes(const char* p) {
  std::uint64_t v;
  std::memcpy(&v, p, 8);
  return v;
}

inline std::uint64_t load_4_bytes(const char* p) {
  std::uint32_t v;
  std::memcpy(&v, p, 4);
  return v;
}

// Loads may overlap: the bytes that two of them cover are equal, so "or" keeps them.
inline short_text pack_short_text(std::string_view t) {
  const char* p = t.data();
  const std::size_t n = t.size();
  assert(n <= 16);
  const auto byte = [p](std::size_t i) {
    return std::uint64_t{static_cast<unsigned char>(p[i])} << (8 * i);
  };
  if (n > 8) return {load_8_bytes(p), load_8_bytes(p + n - 8) >> (8 * (16 - n))};
  if (n >= 4) return {load_4_bytes(p) | load_4_bytes(p + n - 4) << (8 * (n - 4)), 0};
  if (n == 0) return {0, 0};
  return {byte(0) | byte(n / 2) | byte(n - 1), 0};
}

}  // namespace nevaperf::runtime
