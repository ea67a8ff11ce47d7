#include "profiles/pprof/proto_tables.hpp"

#include "profiles/pprof/proto_reader.hpp"

namespace nevaperf::profiles {

namespace {

void add_id(proto_ids& ids, std::uint64_t id) {
  if (id == 0) throw bad_proto("its id is 0");
  if (!ids.add(id)) throw bad_proto("its id " + std::to_string(id) + " is used twice");
}

// 0 is what writers put where there is nothing.
template <class Id>
Id find(const proto_ids& ids, std::uint64_t id, const char* kind) {
  if (id == 0) return Id::none();
  const std::uint32_t index = ids.find(id);
  if (index == proto_ids::unknown)
    throw bad_proto(std::string("there is no ") + kind + " " + std::to_string(id));
  return Id(index);
}

}  // namespace

void proto_tables::read_mapping(pbf_message<profile_field>& top) {
  place_.enter("mapping", made_.mappings.size(), most_table_entries, "mappings");
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
        made.file = text(made_, m);
        break;
      case mapping_field::build_id:
        made.build_id = text(made_, m);
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
}

void proto_tables::read_function(pbf_message<profile_field>& top) {
  place_.enter("function", made_.functions.size(), most_table_entries, "functions");
  function made;
  std::uint64_t id = 0;
  pbf_message<function_field> m(bytes(top));
  while (m.next()) {
    switch (m.tag()) {
      case function_field::id:
        id = number(m);
        break;
      case function_field::name:
        made.name = text(made_, m);
        break;
      case function_field::system_name:
        made.system_name = text(made_, m);
        break;
      case function_field::filename:
        made.file = text(made_, m);
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
}

line proto_tables::read_line(protozero::data_view message) {
  line made;
  pbf_message<line_field> m(message);
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

void proto_tables::read_location(pbf_message<profile_field>& top) {
  place_.enter("location", made_.locations.size(), most_table_entries, "locations");
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
}

}  // namespace nevaperf::profiles
