// The field numbers of profile.proto, written here once for reader and writer.
//
// Format: https://github.com/google/pprof/blob/main/proto/profile.proto. All numbers are varints;
// text is an index into the string table, whose first entry is empty; ids start at 1 and need not
// be dense.
#pragma once

#include <cstdint>

namespace nevaperf::profiles {

enum class profile_field : std::uint32_t {
  sample_type = 1,
  sample = 2,
  mapping = 3,
  location = 4,
  function = 5,
  string_table = 6,
  drop_frames = 7,
  keep_frames = 8,
  time_nanos = 9,
  duration_nanos = 10,
  period_type = 11,
  period = 12,
  comment = 13,
  default_sample_type = 14,
  doc_url = 15,
};

enum class value_type_field : std::uint32_t { type = 1, unit = 2 };

enum class sample_field : std::uint32_t { location_refs = 1, value = 2, label = 3 };

enum class label_field : std::uint32_t { key = 1, str = 2, num = 3, num_unit = 4 };

enum class mapping_field : std::uint32_t {
  id = 1,
  memory_start = 2,
  memory_limit = 3,
  file_offset = 4,
  filename = 5,
  build_id = 6,
  has_functions = 7,
  has_filenames = 8,
  has_line_numbers = 9,
  has_inline_frames = 10,
};

enum class location_field : std::uint32_t {
  id = 1,
  mapping_ref = 2,
  address = 3,
  line = 4,
  is_folded = 5,
};

enum class line_field : std::uint32_t { function_ref = 1, line = 2, column = 3 };

enum class function_field : std::uint32_t {
  id = 1,
  name = 2,
  system_name = 3,
  filename = 4,
  start_line = 5,
};

}  // namespace nevaperf::profiles
