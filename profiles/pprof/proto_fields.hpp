// The field numbers of profile.proto, written here once for reader and writer.
//
// Format: https://github.com/google/pprof/blob/main/proto/profile.proto. All numbers are varints;
// text is an index into the string table, whose first entry is empty; ids start at 1 and need not
// be dense.
#pragma once

#include <cstdint>

namespace nevaperf::profiles {

// In the order of their numbers; 0 is no field.
enum class profile_field : std::uint32_t {
  none,
  sample_type,
  sample,
  mapping,
  location,
  function,
  string_table,
  drop_frames,
  keep_frames,
  time_nanos,
  duration_nanos,
  period_type,
  period,
  comment,
  default_sample_type,
  doc_url
};
enum class value_type_field : std::uint32_t { none, type, unit };
enum class sample_field : std::uint32_t { none, location_refs, value, label };
enum class label_field : std::uint32_t { none, key, str, num, num_unit };
enum class mapping_field : std::uint32_t {
  none,
  id,
  memory_start,
  memory_limit,
  file_offset,
  filename,
  build_id,
  has_functions,
  has_filenames,
  has_line_numbers,
  has_inline_frames
};
enum class location_field : std::uint32_t { none, id, mapping_ref, address, line, is_folded };
enum class line_field : std::uint32_t { none, function_ref, line, column };
enum class function_field : std::uint32_t { none, id, name, system_name, filename, start_line };

}  // namespace nevaperf::profiles
