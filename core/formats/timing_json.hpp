// Reads the JSON of tools that keep all their times in one small document: hyperfine, nanobench and
// pyperf.
//
// hyperfine (--export-json): each element of "results" is a scenario, named by its command, its
// "times" are the samples; parameters are added to names that alone are not apart. nanobench
// (templates::json): likewise with "measurements". pyperf (-o): each element of "benchmarks" is a
// scenario; a run is a process, the median of its values a sample. Thread safety: pure functions.
#pragma once

#include <string_view>

#include "core/base/error.hpp"
#include "core/formats/recording.hpp"

namespace nevaperf::formats {

// hyperfine or nanobench, whichever it is.
[[nodiscard]] base::result<recording> read_results_json(std::string_view text);
[[nodiscard]] base::result<recording> read_pyperf_json(std::string_view text);

}  // namespace nevaperf::formats
