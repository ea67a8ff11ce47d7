// Reads the fields of one message of profile.proto; what the file has wrong is thrown as bad_proto.
//
// Thread safety: pure functions over the message given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <protozero/pbf_message.hpp>
#include <string>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

using protozero::pbf_message;
using protozero::pbf_wire_type;

// Thrown while a file is read and caught by read_proto: protozero reports by exceptions too.
struct bad_proto : std::exception {
  explicit bad_proto(std::string text) : what_text(std::move(text)) {}
  [[nodiscard]] const char* what() const noexcept override { return what_text.c_str(); }
  std::string what_text;
};

template <class Fields>
void expect(const pbf_message<Fields>& m, pbf_wire_type type) {
  if (m.wire_type() == type) return;
  throw bad_proto("field " + std::to_string(static_cast<std::uint32_t>(m.tag())) +
                  " has wire type " + std::to_string(static_cast<std::uint32_t>(m.wire_type())) +
                  ", not " + std::to_string(static_cast<std::uint32_t>(type)));
}

template <class Fields>
std::uint64_t number(pbf_message<Fields>& m) {
  expect(m, pbf_wire_type::varint);
  return m.get_uint64();
}

template <class Fields>
std::int64_t signed_number(pbf_message<Fields>& m) {
  return static_cast<std::int64_t>(number(m));
}

template <class Fields>
protozero::data_view bytes(pbf_message<Fields>& m) {
  expect(m, pbf_wire_type::length_delimited);
  return m.get_view();
}

// A repeated number, packed or one by one.
template <class Fields, class Take>
void numbers(pbf_message<Fields>& m, Take take) {
  if (m.wire_type() == pbf_wire_type::varint) return take(m.get_uint64());
  expect(m, pbf_wire_type::length_delimited);
  for (const std::uint64_t each : m.get_packed_uint64()) take(each);
}

inline void limit(std::size_t count, std::size_t most, const char* what) {
  if (count > most) throw bad_proto("more than " + std::to_string(most) + " " + what);
}

// The texts of a file; an index beyond them is thrown.
inline text_id checked_text(const profile& p, std::uint64_t index) {
  if (index >= p.texts.size())
    throw bad_proto("string " + std::to_string(index) + " of " + std::to_string(p.texts.size()));
  return text_id(static_cast<std::uint32_t>(index));
}

template <class Fields>
text_id text(const profile& p, pbf_message<Fields>& m) {
  return checked_text(p, number(m));
}

}  // namespace nevaperf::profiles
