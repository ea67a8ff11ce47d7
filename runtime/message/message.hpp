// A message: 16 bytes, a kind and an inline value or a pointer to a counted payload.
//
//   byte 0      kind, and bit 7 if the second word is a payload that is counted
//   byte 1      string: length if inline; union: kind of its data, `none` if it has none
//   byte 2      union of an inline string: its length
//   bytes 4-7   union: the tag as an atom
//   bytes 8-15  bool, int, float, payload; inline strings use bytes 2-15 (union: 8-15)
//
// Inline are: bool, int, float, strings of up to 14 bytes, unions without data, unions of the former (strings up
// to 8 bytes) and unions of one payload. Passing those costs neither an allocation nor an atomic operation; a union
// around a payload shares it. Everything is immutable after construction.
//
// A moved-from message is `none`. `as_*` require the kind (asserted): check `is()` first, or receive through a port,
// which checks and names the node.
//
// Thread safety: a message is a value; payloads are shared as payload.hpp says.
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>

#include "runtime/message/atom.hpp"
#include "runtime/message/kind.hpp"
#include "runtime/message/payload.hpp"

namespace nevaperf::runtime {

static_assert(std::endian::native == std::endian::little, "the byte layout assumes little endian");

class message {
 public:
  static constexpr std::size_t inline_string_bytes = 14;
  static constexpr std::size_t inline_union_string_bytes = 8;

  constexpr message() noexcept = default;
  message(const message& other) noexcept : meta_(other.meta_), bits_(other.bits_) {
    if (is_counted()) retain(counted());
  }
  message(message&& other) noexcept : meta_(other.meta_), bits_(other.bits_) { other.meta_ = 0; }
  message& operator=(const message& other) noexcept {
    message copy(other);
    swap(copy);
    return *this;
  }
  message& operator=(message&& other) noexcept {
    message taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~message() {
    if (is_counted()) release(counted());
  }

  static message boolean(bool v) noexcept { return message(meta(kind::boolean), v ? 1 : 0); }
  static message integer(std::int64_t v) noexcept {
    return message(meta(kind::integer), static_cast<std::uint64_t>(v));
  }
  static message floating(double v) noexcept {
    return message(meta(kind::floating), std::bit_cast<std::uint64_t>(v));
  }
  static message string(std::string_view text);
  static message bytes(std::string_view data);
  // A union without data, or around `data` (which must not be `none`).
  static message tagged(atom tag) noexcept {
    return message(meta(kind::tagged) | std::uint64_t{tag.id()} << 32, 0);
  }
  static message tagged(atom tag, message data);

  [[nodiscard]] kind kind_of() const noexcept { return static_cast<kind>(meta_ & 0x7f); }
  [[nodiscard]] bool is(kind k) const noexcept { return kind_of() == k; }
  [[nodiscard]] explicit operator bool() const noexcept { return meta_ != 0; }  // anything but `none`

  [[nodiscard]] bool as_boolean() const noexcept { return assert(is(kind::boolean)), bits_ != 0; }
  [[nodiscard]] std::int64_t as_integer() const noexcept {
    return assert(is(kind::integer)), static_cast<std::int64_t>(bits_);
  }
  [[nodiscard]] double as_floating() const noexcept {
    return assert(is(kind::floating)), std::bit_cast<double>(bits_);
  }
  // The text stays valid as long as this message object lives and is not moved from or assigned to.
  [[nodiscard]] std::string_view as_string() const& noexcept;
  [[nodiscard]] std::string_view as_string() && = delete;
  [[nodiscard]] std::string_view as_bytes() const& noexcept;
  [[nodiscard]] std::string_view as_bytes() && = delete;

  // Unions.
  [[nodiscard]] atom tag() const noexcept {
    return assert(is(kind::tagged)), atom::from_id(static_cast<std::uint32_t>(meta_ >> 32));
  }
  [[nodiscard]] kind data_kind() const noexcept {
    return assert(is(kind::tagged)), static_cast<kind>((meta_ >> 8) & 0xff);
  }
  [[nodiscard]] bool has_data() const noexcept { return data_kind() != kind::none; }
  [[nodiscard]] message data() const;  // `none` if it has none

  void swap(message& other) noexcept {
    std::swap(meta_, other.meta_);
    std::swap(bits_, other.bits_);
  }

  // The payload if there is one: for identity tests and for the types behind it.
  [[nodiscard]] payload* shared_payload() const noexcept { return is_counted() ? counted() : nullptr; }
  // A message that takes over one reference to `p`.
  static message adopt(kind k, payload* p) noexcept {
    return message(meta(k) | counted_bit, reinterpret_cast<std::uintptr_t>(p));
  }

 private:
  static constexpr std::uint64_t counted_bit = 0x80;

  constexpr message(std::uint64_t m, std::uint64_t b) noexcept : meta_(m), bits_(b) {}
  static constexpr std::uint64_t meta(kind k) { return static_cast<std::uint64_t>(k); }
  [[nodiscard]] bool is_counted() const noexcept { return (meta_ & counted_bit) != 0; }
  [[nodiscard]] payload* counted() const noexcept {
    return reinterpret_cast<payload*>(static_cast<std::uintptr_t>(bits_));
  }

  std::uint64_t meta_ = 0;
  std::uint64_t bits_ = 0;
};

static_assert(sizeof(message) == 16);

// Equality as Neva defines it: kinds must match, floats by IEEE, lists in order, dicts by key, structs by field name, unions by
// tag, presence of data and data. Needs no stack for deep nesting.
bool equal(const message& a, const message& b);

// Two unions: the tags are equal and the pattern has no data or equal data; anything else: equality.
bool matches(const message& value, const message& pattern);

}  // namespace nevaperf::runtime
