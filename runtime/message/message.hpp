// A message: 16 bytes, a kind and an inline value or a pointer to a counted payload.
//
//   byte 0      kind, and bit 7 if the second word is a payload that is counted
//   byte 1      string: length if inline; union: kind of its data, `none` if it has none
//   byte 2      union of an inline string: its length
//   bytes 4-7   union: the tag as an atom
//   bytes 8-15  bool, int, float, payload; inline strings use bytes 2-15 (union: 8-15)
//
// Inline are: bool, int, float, strings of up to 14 bytes, empty bytes, lists, dicts and structs,
// unions without data, unions of the former (strings up to 8 bytes) and unions of one payload.
// Passing those costs neither an allocation nor an atomic operation; a union around a payload
// shares it. Strings with a payload are longer than 8 bytes. Unused bytes are zero. Everything is
// immutable after construction.
//
// A moved-from message is `none`. `as_*` require the kind (asserted): check `is()` first, or
// receive through a port, which checks and names the node.
//
// Thread safety: a message is a value; payloads are shared as payload.hpp says.
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "runtime/message/atom.hpp"
#include "runtime/message/kind.hpp"
#include "runtime/message/payload.hpp"
#include "runtime/message/short_text.hpp"

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
    const std::uint64_t m = other.meta_;
    const std::uint64_t b = other.bits_;
    if (other.is_counted()) retain(other.counted());  // first: it may be the same payload
    if (is_counted()) release(counted());
    meta_ = m;
    bits_ = b;
    return *this;
  }
  message& operator=(message&& other) noexcept {
    const std::uint64_t m = other.meta_;
    const std::uint64_t b = other.bits_;
    other.meta_ = 0;  // before the release: `other` may lie in what that frees, or be this
    if (is_counted()) release(counted());
    meta_ = m;
    bits_ = b;
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
  static message string(std::string_view text) {
    return text.size() <= inline_string_bytes ? short_string(text) : long_string(text);
  }
  // One string of all parts, without intermediate copies.
  static message concatenation(std::span<const std::string_view> parts);
  static message bytes(std::string_view data);
  // Bytes, list, dict or struct without content.
  static message empty(kind k) noexcept { return message(meta(k), 0); }
  // A union without data, or around `data` (which must not be `none`).
  static message tagged(atom tag) noexcept { return message(tagged_meta(tag, kind::none), 0); }
  static message tagged(atom tag, message data) {
    if (!data.fits_union()) [[unlikely]]
      return tagged_slow(tag, std::move(data));
    const std::uint64_t counted = data.meta_ & counted_bit;
    data.meta_ &= ~counted_bit;  // the reference goes over
    return message(tagged_meta(tag, data.kind_of()) | counted, data.bits_);
  }

  [[nodiscard]] kind kind_of() const noexcept { return static_cast<kind>(meta_ & 0x7f); }
  [[nodiscard]] bool is(kind k) const noexcept { return kind_of() == k; }
  [[nodiscard]] explicit operator bool() const noexcept { return meta_ != 0; }  // not `none`

  [[nodiscard]] bool as_boolean() const noexcept { return assert(is(kind::boolean)), bits_ != 0; }
  [[nodiscard]] std::int64_t as_integer() const noexcept {
    return assert(is(kind::integer)), static_cast<std::int64_t>(bits_);
  }
  [[nodiscard]] double as_floating() const noexcept {
    return assert(is(kind::floating)), std::bit_cast<double>(bits_);
  }
  // Valid as long as this message object lives and is not moved from or assigned to.
  [[nodiscard]] std::string_view as_string() const& noexcept {
    assert(is(kind::string));
    if (is_counted()) return static_cast<const text_payload*>(counted())->view();
    return {reinterpret_cast<const char*>(this) + 2, (meta_ >> 8) & 0xff};
  }
  [[nodiscard]] std::string_view as_string() && = delete;
  [[nodiscard]] std::string_view as_bytes() const& noexcept {
    assert(is(kind::bytes));
    return is_counted() ? static_cast<const text_payload*>(counted())->view() : std::string_view();
  }
  [[nodiscard]] std::string_view as_bytes() && = delete;

  // Unions.
  [[nodiscard]] atom tag() const noexcept {
    return assert(is(kind::tagged)), atom::from_id(static_cast<std::uint32_t>(meta_ >> 32));
  }
  [[nodiscard]] kind data_kind() const noexcept {
    return assert(is(kind::tagged)), static_cast<kind>((meta_ >> 8) & 0xff);
  }
  [[nodiscard]] bool has_data() const noexcept { return data_kind() != kind::none; }
  [[nodiscard]] message data() const {  // `none` if it has none
    const kind k = data_kind();
    if (k == kind::string || k == kind::tagged) [[unlikely]]
      return data_slow();
    if (is_counted()) retain(counted());
    return message(meta(k) | (meta_ & counted_bit), bits_);
  }

  void swap(message& other) noexcept {
    std::swap(meta_, other.meta_);
    std::swap(bits_, other.bits_);
  }

  // The payload if there is one (a union's: that of its data): for identity tests and for the
  // types behind it.
  [[nodiscard]] payload* shared_payload() const noexcept {
    return is_counted() ? counted() : nullptr;
  }
  // A message that takes over one reference to `p`.
  static message adopt(kind k, payload* p) noexcept {
    return message(meta(k) | counted_bit, reinterpret_cast<std::uintptr_t>(p));
  }
  // The two words. Messages without payload are equal in all but float data if the words are.
  [[nodiscard]] std::uint64_t first_word() const noexcept { return meta_; }
  [[nodiscard]] std::uint64_t second_word() const noexcept { return bits_; }

 private:
  static constexpr std::uint64_t counted_bit = 0x80;

  constexpr message(std::uint64_t m, std::uint64_t b) noexcept : meta_(m), bits_(b) {}
  static constexpr std::uint64_t meta(kind k) { return static_cast<std::uint64_t>(k); }
  static constexpr std::uint64_t tagged_meta(atom tag, kind data) {
    return meta(kind::tagged) | meta(data) << 8 | std::uint64_t{tag.id()} << 32;
  }
  [[nodiscard]] bool is_counted() const noexcept { return (meta_ & counted_bit) != 0; }
  [[nodiscard]] payload* counted() const noexcept {
    return reinterpret_cast<payload*>(static_cast<std::uintptr_t>(bits_));
  }
  // True if the second word is all that a union needs to keep of this message.
  [[nodiscard]] bool fits_union() const noexcept {
    assert(!is(kind::none));
    return is(kind::string) ? is_counted() : !is(kind::tagged);
  }
  static message short_string(std::string_view text) noexcept {
    const short_text t = pack_short_text(text);
    return message(meta(kind::string) | text.size() << 8 | t.low << 16, t.low >> 48 | t.high << 16);
  }
  static message long_string(std::string_view text);
  static message tagged_slow(atom tag, message data);
  [[nodiscard]] message data_slow() const;

  std::uint64_t meta_ = 0;
  std::uint64_t bits_ = 0;
};

static_assert(sizeof(message) == 16);

namespace detail {
bool equal_payloads(const message& a, const message& b);

// Two messages without payload.
inline bool equal_words(const message& a, const message& b) noexcept {
  if (a.first_word() != b.first_word()) return false;
  if (a.is(kind::floating) || (a.is(kind::tagged) && a.data_kind() == kind::floating))
    return std::bit_cast<double>(a.second_word()) == std::bit_cast<double>(b.second_word());
  return a.second_word() == b.second_word();
}
}  // namespace detail

// Equality as Neva defines it: kinds must match, floats by IEEE, lists in order, dicts by key,
// structs by field name, unions by tag, presence of data and data. Needs no stack for deep nesting.
[[nodiscard]] inline bool equal(const message& a, const message& b) {
  return a.shared_payload() || b.shared_payload() ? detail::equal_payloads(a, b)
                                                  : detail::equal_words(a, b);
}

// Two unions: the tags are equal and the pattern has no data or equal data; anything else:
// equality.
[[nodiscard]] inline bool matches(const message& value, const message& pattern) {
  if (value.is(kind::tagged) && pattern.is(kind::tagged) && !pattern.has_data())
    return value.tag() == pattern.tag();
  return equal(value, pattern);
}

}  // namespace nevaperf::runtime
