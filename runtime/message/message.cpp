#include "runtime/message/message.hpp"

#include <new>

#include "runtime/message/containers.hpp"

namespace nevaperf::runtime {
namespace {

text_payload* allocate_text(payload_type t, std::size_t size) {
  return new (allocate_payload(sizeof(text_payload) + size)) text_payload(t, size);
}

text_payload* copy_text(payload_type t, std::string_view text) {
  text_payload* const p = allocate_text(t, text.size());
  std::memcpy(p->data(), text.data(), text.size());
  return p;
}

}  // namespace

message message::long_string(std::string_view text) {
  return adopt(kind::string, copy_text(payload_type::string, text));
}

message message::concatenation(std::span<const std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  char inline_text[inline_string_bytes];
  text_payload* const p =
      size > inline_string_bytes ? allocate_text(payload_type::string, size) : nullptr;
  char* const begin = p ? p->data() : inline_text;
  char* to = begin;
  for (const std::string_view part : parts) to += part.copy(to, part.size());
  return p ? adopt(kind::string, p) : short_string({begin, size});
}

message message::bytes(std::string_view data) {
  if (data.empty()) return empty(kind::bytes);
  return adopt(kind::bytes, copy_text(payload_type::bytes, data));
}

message message::tagged_slow(atom tag, message data) {
  if (data.is(kind::string)) {
    const std::string_view text = data.as_string();
    if (text.size() <= inline_union_string_bytes) {
      return message(tagged_meta(tag, kind::string) | text.size() << 16, pack_short_text(text).low);
    }
    return tagged(tag, long_string(text));
  }
  auto* const box = new (allocate_payload(sizeof(boxed_payload))) boxed_payload(std::move(data));
  return message(tagged_meta(tag, kind::tagged) | counted_bit,
                 reinterpret_cast<std::uintptr_t>(box));
}

message message::data_slow() const {
  if (data_kind() == kind::tagged) return static_cast<const boxed_payload*>(counted())->inner;
  if (is_counted()) {
    retain(counted());
    return adopt(kind::string, counted());
  }
  const std::uint64_t size = (meta_ >> 16) & 0xff;
  return message(meta(kind::string) | size << 8 | bits_ << 16, bits_ >> 48);
}

}  // namespace nevaperf::runtime
