// Drives a Google Benchmark binary through its own flags: what it holds, and one benchmark of it.
//
// Results come by --benchmark_out, so that what benchmarks print themselves cannot disturb. The
// minimum time is given as a plain number, which all versions understand (1.8 wants to see "0.01s",
// which 1.7 refuses). Thread safety: any thread. Units: seconds, nanoseconds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/process.hpp"
#include "core/measure/protocol.hpp"

namespace nevaperf::measure {

// The names, each once, as --benchmark_list_tests prints them. An error if it prints none, or
// something else.
[[nodiscard]] base::result<std::vector<std::string>> list_google_benchmarks(
    base::process_launcher& processes, const std::vector<std::string>& command,
    std::int64_t timeout_ns);

// A pattern for --benchmark_filter that fits this name alone.
[[nodiscard]] std::string exact_filter(std::string_view name);

// Whether the name says that several threads run it: "BM_queue/threads:4".
[[nodiscard]] bool has_threads(std::string_view name);

// From the text of --benchmark_out: the operations that last about `slice_seconds`, or why there is
// no result.
[[nodiscard]] answer slice_from_google(std::string_view text, const std::string& name,
                                       double slice_seconds);

// Answers the requests of a session (worker_protocol.md) as if `name` were a scenario: every slice
// is a run of the binary. Takes standard input and output; returns at the end of the input.
// `known_as`: the name that the session has for it.
[[nodiscard]] base::result<void> serve_google_benchmark(const std::vector<std::string>& command,
                                                        const std::string& name,
                                                        const std::string& known_as,
                                                        const std::string& tool);

}  // namespace nevaperf::measure
