// Reads the files that criterion.rs keeps of one benchmark, in nanoseconds:
//
//   sample.json     {"sampling_mode"?, "iters": [n...], "times": [total time of the n...]}
//   estimates.json  {"mean": estimate, "median": estimate, "std_dev": ..., "slope"?: ...}, an
//                   estimate being {"point_estimate": number, ...}
//   benchmark.json  {"full_id": string, ...}
//
// A sample is the time of a round divided by its iterations; without sample.json the estimated
// median is the only one. Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/formats/recording.hpp"

namespace nevaperf::formats {

// The texts of the files, empty where there is none.
struct criterion_files {
  std::string estimates;
  std::string sample;
  std::string benchmark;
  std::string fallback_name;  // if benchmark.json does not give one
};

[[nodiscard]] base::result<recorded_scenario> read_criterion_benchmark(
    const criterion_files& files);

// An error if two benchmarks have one name.
[[nodiscard]] base::result<recording> criterion_recording(std::vector<recorded_scenario> scenarios);

// One of the two files with times, by itself.
[[nodiscard]] base::result<recording> read_criterion_json(std::string_view text);

}  // namespace nevaperf::formats
