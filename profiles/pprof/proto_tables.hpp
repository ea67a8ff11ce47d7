// Reads the tables of profile.proto that samples refer to: mappings, functions, locations.
//
// Ids of the file may be any numbers but 0; each is used once. A table is complete before another
// that refers to it is read. Thread safety: owner only.
#pragma once

#include "profiles/pprof/proto_fields.hpp"
#include "profiles/pprof/proto_ids.hpp"
#include "profiles/pprof/proto_wire.hpp"

namespace nevaperf::profiles {

// Which entry of which table is being read: what an error names.
class proto_place {
 public:
  void leave() { table_ = nullptr; }
  // The entry after `size` others of its table.
  void enter(const char* table, std::size_t size, std::size_t most, const char* plural) {
    table_ = table;
    entry_ = size + 1;
    limit(entry_, most, plural);
  }
  [[nodiscard]] std::string text() const {
    return table_ == nullptr ? std::string() : std::string(table_) + " " + std::to_string(entry_);
  }

 private:
  const char* table_ = nullptr;
  std::size_t entry_ = 0;
};

class proto_tables {
 public:
  // Adds to the tables of `to`, whose texts are there already.
  proto_tables(profile& to, proto_place& place) : made_(to), place_(place) {}

  void read_mapping(pbf_message<profile_field>& top);
  void read_function(pbf_message<profile_field>& top);
  void read_location(pbf_message<profile_field>& top);

  // Of a frame of a stack; an unknown one is thrown.
  [[nodiscard]] location_id find_location(std::uint64_t id) const {
    const std::uint32_t index = location_ids_.find(id);
    if (index == proto_ids::unknown) throw bad_proto("there is no location " + std::to_string(id));
    return location_id(index);
  }

 private:
  line read_line(protozero::data_view message);

  profile& made_;
  proto_place& place_;
  proto_ids mapping_ids_;
  proto_ids function_ids_;
  proto_ids location_ids_;
  std::size_t line_count_ = 0;
};

}  // namespace nevaperf::profiles
