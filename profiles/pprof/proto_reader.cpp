#include "profiles/pprof/proto_reader.hpp"

#include <exception>
#include <protozero/pbf_message.hpp>
#include <string>

#include "profiles/pprof/proto_fields.hpp"
#include "profiles/pprof/proto_ids.hpp"

namespace nevaperf::profiles {

namespace {

using protozero::pbf_message;
using protozero::pbf_wire_type;

// Thrown and caught in this file: protozero reports by exceptions too.
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

void limit(std::size_t count, std::size_t most, const char* what) {
  if (count > most) throw bad_proto("more than " + std::to_string(most) + " " + what);
}

class reader {
 public:
  explicit reader(std::string_view data) : data_(data.data(), data.size()) {}

  profile read() {
    made_.texts.clear();
    each_top([&](auto& m) {
      if (m.tag() != profile_field::string_table) return false;
      const protozero::data_view text = bytes(m);
      made_.texts.emplace_back(text.data(), text.size());
      limit(made_.texts.size(), most_texts, "strings");
      return true;
    });
    if (made_.texts.empty() && data_.size() > 0) throw bad_proto("there is no string table");
    if (made_.texts.empty()) made_.texts.emplace_back();
    if (!made_.texts[0].empty()) throw bad_proto("the first string is not empty");
    // Samples may come before what they refer to.
    each_top([&](auto& m) { return read_header(m); });
    if (made_.types.empty()) throw bad_proto("there are no sample types");
    each_top([&](auto& m) { return m.tag() == profile_field::mapping && read_mapping(m); });
    each_top([&](auto& m) { return m.tag() == profile_field::function && read_function(m); });
    each_top([&](auto& m) { return m.tag() == profile_field::location && read_location(m); });
    each_top([&](auto& m) { return m.tag() == profile_field::sample && read_sample(m); });
    return std::move(made_);
  }

  // What was being read when an exception came.
  [[nodiscard]] std::string place() const {
    return table_ == nullptr ? std::string() : std::string(table_) + " " + std::to_string(entry_);
  }

 private:
  // Calls `take` for each field of the file; what it does not take is skipped.
  template <class Take>
  void each_top(Take take) {
    table_ = nullptr;
    pbf_message<profile_field> m(data_);
    while (m.next())
      if (!take(m)) m.skip();
  }

  void enter(const char* table, std::size_t size, std::size_t most, const char* plural) {
    table_ = table;
    entry_ = size + 1;
    limit(entry_, most, plural);
  }

  template <class Fields>
  text_id text(pbf_message<Fields>& m) {
    return checked_text(number(m));
  }

  [[nodiscard]] text_id checked_text(std::uint64_t index) const {
    if (index >= made_.texts.size())
      throw bad_proto("string " + std::to_string(index) + " of " +
                      std::to_string(made_.texts.size()));
    return text_id(static_cast<std::uint32_t>(index));
  }

  value_type read_value_type(protozero::data_view view) {
    value_type type;
    pbf_message<value_type_field> m(view);
    while (m.next()) {
      switch (m.tag()) {
        case value_type_field::type:
          type.type = text(m);
          break;
        case value_type_field::unit:
          type.unit = text(m);
          break;
        default:
          m.skip();
      }
    }
    return type;
  }

  bool read_header(pbf_message<profile_field>& m) {
    switch (m.tag()) {
      case profile_field::sample_type:
        enter("sample type", made_.types.size(), most_sample_types, "sample types");
        made_.types.push_back(read_value_type(bytes(m)));
        table_ = nullptr;
        return true;
      case profile_field::drop_frames:
        made_.drop_frames = text(m);
        return true;
      case profile_field::keep_frames:
        made_.keep_frames = text(m);
        return true;
      case profile_field::time_nanos:
        made_.time_ns = signed_number(m);
        return true;
      case profile_field::duration_nanos:
        made_.duration_ns = signed_number(m);
        return true;
      case profile_field::period_type:
        made_.period_type = read_value_type(bytes(m));
        return true;
      case profile_field::period:
        made_.period = signed_number(m);
        return true;
      case profile_field::comment:
        numbers(m, [&](std::uint64_t index) {
          limit(made_.comments.size() + 1, most_table_entries, "comments");
          made_.comments.push_back(checked_text(index));
        });
        return true;
      case profile_field::default_sample_type:
        made_.default_type = text(m);
        return true;
      case profile_field::doc_url:
        made_.doc_url = text(m);
        return true;
      default:
        return false;
    }
  }

  void add_id(proto_ids& ids, std::uint64_t id) {
    if (id == 0) throw bad_proto("its id is 0");
    if (!ids.add(id)) throw bad_proto("its id " + std::to_string(id) + " is used twice");
  }

  // 0 is what writers put where there is nothing.
  template <class Id>
  Id find(const proto_ids& ids, std::uint64_t id, const char* kind) const {
    if (id == 0) return Id::none();
    const std::uint32_t index = ids.find(id);
    if (index == proto_ids::unknown)
      throw bad_proto(std::string("there is no ") + kind + " " + std::to_string(id));
    return Id(index);
  }

  bool read_mapping(pbf_message<profile_field>& top) {
    enter("mapping", made_.mappings.size(), most_table_entries, "mappings");
    mapping made;
    std::uint64_t id = 0;
    pbf_message<mapping_field> m(bytes(top));
    while (m.next()) {
      switch (m.tag()) {
        case mapping_field::id:
          id = number(m);
          break;
        case mapping_field::memory_start:
          made.start = number(m);
          break;
        case mapping_field::memory_limit:
          made.limit = number(m);
          break;
        case mapping_field::file_offset:
          made.offset = number(m);
          break;
        case mapping_field::filename:
          made.file = text(m);
          break;
        case mapping_field::build_id:
          made.build_id = text(m);
          break;
        case mapping_field::has_functions:
          made.has_functions = number(m) != 0;
          break;
        case mapping_field::has_filenames:
          made.has_filenames = number(m) != 0;
          break;
        case mapping_field::has_line_numbers:
          made.has_line_numbers = number(m) != 0;
          break;
        case mapping_field::has_inline_frames:
          made.has_inline_frames = number(m) != 0;
          break;
        default:
          m.skip();
      }
    }
    add_id(mapping_ids_, id);
    made_.mappings.push_back(made);
    return true;
  }

  bool read_function(pbf_message<profile_field>& top) {
    enter("function", made_.functions.size(), most_table_entries, "functions");
    function made;
    std::uint64_t id = 0;
    pbf_message<function_field> m(bytes(top));
    while (m.next()) {
      switch (m.tag()) {
        case function_field::id:
          id = number(m);
          break;
        case function_field::name:
          made.name = text(m);
          break;
        case function_field::system_name:
          made.system_name = text(m);
          break;
        case function_field::filename:
          made.file = text(m);
          break;
        case function_field::start_line:
          made.start_line = signed_number(m);
          break;
        default:
          m.skip();
      }
    }
    add_id(function_ids_, id);
    made_.functions.push_back(made);
    return true;
  }

  line read_line(protozero::data_view view) {
    line made;
    pbf_message<line_field> m(view);
    while (m.next()) {
      switch (m.tag()) {
        case line_field::function_ref:
          made.function = find<function_id>(function_ids_, number(m), "function");
          break;
        case line_field::line:
          made.number = signed_number(m);
          break;
        case line_field::column:
          made.column = signed_number(m);
          break;
        default:
          m.skip();
      }
    }
    return made;
  }

  bool read_location(pbf_message<profile_field>& top) {
    enter("location", made_.locations.size(), most_table_entries, "locations");
    location made;
    std::uint64_t id = 0;
    pbf_message<location_field> m(bytes(top));
    while (m.next()) {
      switch (m.tag()) {
        case location_field::id:
          id = number(m);
          break;
        case location_field::mapping_ref:
          made.map = find<mapping_id>(mapping_ids_, number(m), "mapping");
          break;
        case location_field::address:
          made.address = number(m);
          break;
        case location_field::line:
          limit(++line_count_, most_table_entries, "lines of locations");
          made.lines.push_back(read_line(bytes(m)));
          break;
        case location_field::is_folded:
          made.folded = number(m) != 0;
          break;
        default:
          m.skip();
      }
    }
    add_id(location_ids_, id);
    made_.locations.push_back(std::move(made));
    return true;
  }

  label read_label(protozero::data_view view) {
    label made;
    pbf_message<label_field> m(view);
    while (m.next()) {
      switch (m.tag()) {
        case label_field::key:
          made.key = text(m);
          break;
        case label_field::str:
          made.text = text(m);
          break;
        case label_field::num:
          made.number = signed_number(m);
          break;
        case label_field::num_unit:
          made.unit = text(m);
          break;
        default:
          m.skip();
      }
    }
    return made;
  }

  bool read_sample(pbf_message<profile_field>& top) {
    enter("sample", made_.samples.size(), most_samples, "samples");
    const std::size_t first_frame = made_.stacks.size();
    const std::size_t first_label = made_.labels.size();
    const std::size_t first_value = made_.values.size();
    pbf_message<sample_field> m(bytes(top));
    while (m.next()) {
      switch (m.tag()) {
        case sample_field::location_refs:
          numbers(m, [&](std::uint64_t id) {
            limit(made_.stacks.size() + 1, most_stack_frames, "frames in all stacks");
            const auto found = find<location_id>(location_ids_, id, "location");
            if (found.is_none()) throw bad_proto("there is no location 0");
            made_.stacks.push_back(found);
          });
          break;
        case sample_field::value:
          numbers(m, [&](std::uint64_t value) {
            if (made_.values.size() - first_value == made_.types.size())
              throw bad_proto("more values than sample types");
            made_.values.push_back(static_cast<std::int64_t>(value));
          });
          break;
        case sample_field::label:
          limit(made_.labels.size() + 1, most_samples, "labels");
          made_.labels.push_back(read_label(bytes(m)));
          break;
        default:
          m.skip();
      }
    }
    if (made_.values.size() - first_value != made_.types.size())
      throw bad_proto("fewer values than sample types");
    made_.samples.push_back(
        {.first_frame = static_cast<std::uint32_t>(first_frame),
         .frame_count = static_cast<std::uint32_t>(made_.stacks.size() - first_frame),
         .first_label = static_cast<std::uint32_t>(first_label),
         .label_count = static_cast<std::uint32_t>(made_.labels.size() - first_label)});
    return true;
  }

  static constexpr std::size_t most_sample_types = 64;

  protozero::data_view data_;
  profile made_;
  proto_ids mapping_ids_;
  proto_ids function_ids_;
  proto_ids location_ids_;
  std::size_t line_count_ = 0;
  const char* table_ = nullptr;
  std::size_t entry_ = 0;
};

}  // namespace

base::result<profile> read_proto(std::string_view bytes) {
  reader r(bytes);
  std::string what;
  try {
    return r.read();
  } catch (const bad_proto& e) {
    what = e.what();
  } catch (const protozero::end_of_buffer_exception&) {
    what = "truncated profile.proto data";
  } catch (const protozero::exception& e) {
    what = std::string("no profile.proto data: ") + e.what();
  }
  return base::error{.what = std::move(what),
                     .where = r.place(),
                     .next = "profile.proto or a profile of gperftools is needed"};
}

}  // namespace nevaperf::profiles
