#include "profiles/pprof/proto_reader.hpp"

#include <string>

#include "profiles/pprof/proto_tables.hpp"

namespace nevaperf::profiles {

namespace {

class reader {
 public:
  explicit reader(std::string_view data) : data_(data.data(), data.size()) {}

  profile read() {
    made_.texts.clear();
    each_top([&](auto& m) {
      if (m.tag() != profile_field::string_table) return false;
      const protozero::data_view found = bytes(m);
      made_.texts.emplace_back(found.data(), found.size());
      limit(made_.texts.size(), most_texts, "strings");
      return true;
    });
    if (made_.texts.empty() && data_.size() > 0) throw bad_proto("there is no string table");
    if (made_.texts.empty()) made_.texts.emplace_back();
    if (!made_.texts[0].empty()) throw bad_proto("the first string is not empty");
    // Samples may come before what they refer to.
    each_top([&](auto& m) { return read_header(m); });
    if (made_.types.empty()) throw bad_proto("there are no sample types");
    each_entry(profile_field::mapping, [&](auto& m) { tables_.read_mapping(m); });
    each_entry(profile_field::function, [&](auto& m) { tables_.read_function(m); });
    each_entry(profile_field::location, [&](auto& m) { tables_.read_location(m); });
    each_entry(profile_field::sample, [&](auto& m) { read_sample(m); });
    return std::move(made_);
  }

  // What was being read when an exception came.
  [[nodiscard]] std::string place() const { return place_.text(); }

 private:
  // Calls `take` for each field of the file; what it does not take is skipped.
  template <class Take>
  void each_top(Take take) {
    place_.leave();
    pbf_message<profile_field> m(data_);
    while (m.next())
      if (!take(m)) m.skip();
  }

  // The same for the messages of one field.
  template <class Take>
  void each_entry(profile_field field, Take take) {
    each_top([&](auto& m) {
      if (m.tag() != field) return false;
      take(m);
      return true;
    });
  }

  value_type read_value_type(protozero::data_view view) {
    value_type type;
    pbf_message<value_type_field> m(view);
    while (m.next()) {
      switch (m.tag()) {
        case value_type_field::type:
          type.type = text(made_, m);
          break;
        case value_type_field::unit:
          type.unit = text(made_, m);
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
        place_.enter("sample type", made_.types.size(), most_sample_types, "sample types");
        made_.types.push_back(read_value_type(bytes(m)));
        place_.leave();
        return true;
      case profile_field::drop_frames:
        made_.drop_frames = text(made_, m);
        return true;
      case profile_field::keep_frames:
        made_.keep_frames = text(made_, m);
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
          made_.comments.push_back(checked_text(made_, index));
        });
        return true;
      case profile_field::default_sample_type:
        made_.default_type = text(made_, m);
        return true;
      case profile_field::doc_url:
        made_.doc_url = text(made_, m);
        return true;
      default:
        return false;
    }
  }

  label read_label(protozero::data_view view) {
    label made;
    pbf_message<label_field> m(view);
    while (m.next()) {
      switch (m.tag()) {
        case label_field::key:
          made.key = text(made_, m);
          break;
        case label_field::str:
          made.text = text(made_, m);
          break;
        case label_field::num:
          made.number = signed_number(m);
          break;
        case label_field::num_unit:
          made.unit = text(made_, m);
          break;
        default:
          m.skip();
      }
    }
    return made;
  }

  void read_sample(pbf_message<profile_field>& top) {
    place_.enter("sample", made_.samples.size(), most_samples, "samples");
    const std::size_t first_frame = made_.stacks.size();
    const std::size_t first_label = made_.labels.size();
    const std::size_t first_value = made_.values.size();
    pbf_message<sample_field> m(bytes(top));
    while (m.next()) {
      switch (m.tag()) {
        case sample_field::location_refs:
          numbers(m, [&](std::uint64_t id) {
            limit(made_.stacks.size() + 1, most_stack_frames, "frames in all stacks");
            made_.stacks.push_back(tables_.find_location(id));
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
  }

  static constexpr std::size_t most_sample_types = 64;

  protozero::data_view data_;
  profile made_;
  proto_place place_;
  proto_tables tables_{made_, place_};
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
