// Reads the JSON of two tools that time whole commands and Python code: hyperfine and pyperf.
//
// hyperfine (--export-json): each element of "results" is a scenario, named by its command, its
// "times" are the samples. pyperf (-o): each element of "benchmarks" is a scenario; a run is a
// process, the median of its values a sample. Thread safety: pure functions.
#pragma once

#include <string_view>

#include "core/base/error.hpp"
#include "core/formats/recording.hpp"

namespace nevaperf::formats {

[[nodiscard]] base::result<recording> read_hyperfine_json(std::string_view text);
[[nodiscard]] base::result<recording> read_pyperf_json(std::string_view text);

}  // namespace nevaperf::formats
