#include "profiles/pprof/proto_writer.hpp"

#include <initializer_list>
#include <protozero/pbf_builder.hpp>
#include <utility>

#include "profiles/pprof/gzip.hpp"
#include "profiles/pprof/proto_fields.hpp"

namespace nevaperf::profiles {

namespace {

using protozero::pbf_builder;
using top_builder = pbf_builder<profile_field>;

// Ids of the file are indexes from 1; 0 says that there is nothing.
template <class Tag>
std::uint64_t file_id(base::id<Tag> id) {
  return id.is_none() ? 0 : std::uint64_t{id.index()} + 1;
}

// Zero is what a reader takes for a field that is not there.
template <class Fields>
void put(pbf_builder<Fields>& to, Fields field, std::uint64_t value) {
  if (value != 0) to.add_uint64(field, value);
}

template <class Fields>
void put_signed(pbf_builder<Fields>& to, Fields field, std::int64_t value) {
  if (value != 0) to.add_int64(field, value);
}

template <class Fields>
void put_text(pbf_builder<Fields>& to, Fields field, text_id id) {
  put(to, field, id.index());
}

void put_type(top_builder& to, profile_field field, value_type type) {
  pbf_builder<value_type_field> m(to, field);
  put_text(m, value_type_field::type, type.type);
  put_text(m, value_type_field::unit, type.unit);
}

void put_sample(top_builder& to, const profile& p, std::size_t index,
                std::vector<std::uint64_t>& ids) {
  pbf_builder<sample_field> m(to, profile_field::sample);
  ids.clear();
  for (const location_id id : p.stack_of(p.samples[index])) ids.push_back(file_id(id));
  m.add_packed_uint64(sample_field::location_refs, ids.begin(), ids.end());
  const auto values = p.values_of(index);
  m.add_packed_int64(sample_field::value, values.begin(), values.end());
  for (const label& l : p.labels_of(p.samples[index])) {
    pbf_builder<label_field> each(m, sample_field::label);
    put_text(each, label_field::key, l.key);
    put_text(each, label_field::str, l.text);
    put_signed(each, label_field::num, l.number);
    put_text(each, label_field::num_unit, l.unit);
  }
}

// A message of nothing but numbers and texts.
template <class Fields>
void put_entry(top_builder& to, profile_field field,
               std::initializer_list<std::pair<Fields, std::uint64_t>> values) {
  pbf_builder<Fields> m(to, field);
  for (const auto& [each, value] : values) put(m, each, value);
}

void put_mapping(top_builder& to, const mapping& value, std::uint64_t id) {
  using f = mapping_field;
  put_entry<f>(to, profile_field::mapping,
               {{f::id, id},
                {f::memory_start, value.start},
                {f::memory_limit, value.limit},
                {f::file_offset, value.offset},
                {f::filename, value.file.index()},
                {f::build_id, value.build_id.index()},
                {f::has_functions, value.has_functions},
                {f::has_filenames, value.has_filenames},
                {f::has_line_numbers, value.has_line_numbers},
                {f::has_inline_frames, value.has_inline_frames}});
}

void put_location(top_builder& to, const location& value, std::uint64_t id) {
  pbf_builder<location_field> m(to, profile_field::location);
  m.add_uint64(location_field::id, id);
  put(m, location_field::mapping_ref, file_id(value.map));
  put(m, location_field::address, value.address);
  for (const line& l : value.lines) {
    pbf_builder<line_field> each(m, location_field::line);
    put(each, line_field::function_ref, file_id(l.function));
    put_signed(each, line_field::line, l.number);
    put_signed(each, line_field::column, l.column);
  }
  put(m, location_field::is_folded, value.folded ? 1 : 0);
}

void put_function(top_builder& to, const function& value, std::uint64_t id) {
  using f = function_field;
  put_entry<f>(to, profile_field::function,
               {{f::id, id},
                {f::name, value.name.index()},
                {f::system_name, value.system_name.index()},
                {f::filename, value.file.index()},
                {f::start_line, static_cast<std::uint64_t>(value.start_line)}});
}

}  // namespace

std::string write_proto(const profile& p) {
  std::string out;
  top_builder to(out);
  for (const value_type type : p.types) put_type(to, profile_field::sample_type, type);
  std::vector<std::uint64_t> ids;
  for (std::size_t i = 0; i < p.samples.size(); ++i) put_sample(to, p, i, ids);
  for (std::size_t i = 0; i < p.mappings.size(); ++i) put_mapping(to, p.mappings[i], i + 1);
  for (std::size_t i = 0; i < p.locations.size(); ++i) put_location(to, p.locations[i], i + 1);
  for (std::size_t i = 0; i < p.functions.size(); ++i) put_function(to, p.functions[i], i + 1);
  for (const std::string& text : p.texts) to.add_string(profile_field::string_table, text);
  put_text(to, profile_field::drop_frames, p.drop_frames);
  put_text(to, profile_field::keep_frames, p.keep_frames);
  put_signed(to, profile_field::time_nanos, p.time_ns);
  put_signed(to, profile_field::duration_nanos, p.duration_ns);
  if (p.period_type != value_type{}) put_type(to, profile_field::period_type, p.period_type);
  put_signed(to, profile_field::period, p.period);
  for (const text_id comment : p.comments)
    to.add_int64(profile_field::comment, std::int64_t{comment.index()});
  put_text(to, profile_field::default_sample_type, p.default_type);
  put_text(to, profile_field::doc_url, p.doc_url);
  return out;
}

std::string write_packed_proto(const profile& p) {
  return pack_gzip(write_proto(p));
}

}  // namespace nevaperf::profiles
