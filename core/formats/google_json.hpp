// Reads the JSON that Google Benchmark writes (--benchmark_out, --benchmark_format=json).
//
// Repetitions of one benchmark become its samples: "sec/op" (real or manual time), "cpu-sec/op",
// and every counter under its name ("bytes_per_second" as "B/s", "items_per_second" as "items/s").
// Rows of aggregates are used only where there are no repetitions; BigO and RMS rows never. The
// text is read as a stream: no document is made. Thread safety: pure functions.
#pragma once

#include <string_view>

#include "core/base/error.hpp"
#include "core/formats/recording.hpp"

namespace nevaperf::formats {

// Refused with the line: what is not JSON or cut off, a benchmark without a name or a time, a
// negative time, an unknown time unit.
[[nodiscard]] base::result<recording> read_google_json(std::string_view text);

}  // namespace nevaperf::formats
