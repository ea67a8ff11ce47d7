// A 64-bit hash of strings: words are xored with odd constants and folded by a 128-bit product.
// Good enough in all bits for hash tables in memory; not stable between versions, not a defence
// against chosen keys (dict.cpp bounds what those can do).
//
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/message/short_text.hpp"

namespace nevaperf::runtime {

__extension__ using uint128 = unsigned __int128;

inline std::uint64_t fold_product(std::uint64_t a, std::uint64_t b) {
  const uint128 product = static_cast<uint128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// The digits of the golden ratio, the square roots of 2 and of 3, made odd.
constexpr std::uint64_t hash_seed_1 = 0x9e3779b97f4a7c15;
constexpr std::uint64_t hash_seed_2 = 0x6a09e667f3bcc909;
constexpr std::uint64_t hash_seed_3 = 0xbb67ae8584caa73b;

// The hash of an inline string message, by its two words.
inline std::uint64_t hash_words(std::uint64_t first, std::uint64_t second) {
  return fold_product(fold_product(first ^ hash_seed_1, second ^ hash_seed_2), hash_seed_3);
}

inline std::uint64_t hash_long(std::string_view text) {
  std::uint64_t state = text.size() * hash_seed_3;
  while (text.size() > 16) {
    const std::uint64_t a = load_8_bytes(text.data());
    const std::uint64_t b = load_8_bytes(text.data() + 8);
    state = fold_product(a ^ hash_seed_1 ^ state, b ^ hash_seed_2);
    text.remove_prefix(16);
  }
  const short_text last = pack_short_text(text);
  state = fold_product(last.low ^ hash_seed_1 ^ state, last.high ^ hash_seed_2);
  return fold_product(state, hash_seed_3);
}

}  // namespace nevaperf::runtime
