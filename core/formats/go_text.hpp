// Reads what `go test -bench` prints (grammar: the Go benchmark data format,
// golang.org/design/14313-benchmark-format).
//
// Result lines `BenchmarkName-8  iterations  value unit  value unit ...`, configuration lines `key:
// value`, unit lines `Unit name assume=exact better=higher`; all other lines are taken for output
// of the tests. Times become seconds ("ns/op" -> "sec/op"), "MB/s" becomes "B/s". Names lose
// "Benchmark" and keep "-8". Results under different configurations are scenarios of their own,
// with what differs in their settings. Results of one process lie between two package headers or
// PASS lines. Thread safety: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/formats/recording.hpp"

namespace nevaperf::formats {

struct base_unit {
  std::string name;
  double factor = 1;  // a value times it is in the base unit
};

// "ns/op" -> "sec/op", "MB/s" -> "B/s", "p99-ns" -> "p99-sec"; other units are base units.
[[nodiscard]] base_unit to_base_unit(std::string_view unit);

// Refused with the line: a result that is cut off, a value that is no finite number, a negative
// cost or rate, a unit twice in a line; a text without any result.
[[nodiscard]] base::result<recording> read_go_text(std::string_view text);

}  // namespace nevaperf::formats
