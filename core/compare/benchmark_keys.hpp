// The keys by which filters and projections know a benchmark, as users of benchstat do:
//
//   .name .fullname    "Copy" and "Copy/size=4k-16"
//   /size /gomaxprocs  parts of the name: "size=4k", of Google Benchmark "size:4", of Go "-16"
//   .unit .file        of a value: "sec/op"; the column's label
//   pkg goos cpu ...   configuration keys of the file, facts of its environment
//
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/formats/recording.hpp"

namespace nevaperf::compare {

// What has keys: a scenario of a file, or one of its units.
struct subject {
  std::string_view file;
  const formats::recording& data;
  const formats::recorded_scenario& scenario;
  std::string_view unit;  // empty: the scenario as a whole
};

// Nothing if the benchmark has no such key.
[[nodiscard]] std::optional<std::string> value_of(const subject& of, std::string_view key);

// The full name in which the parts of these keys are replaced by "*", and from which the package is
// gone if `pkg` is one of them.
[[nodiscard]] std::string name_without(const subject& of,
                                       const std::set<std::string, std::less<>>& keys);

// "ns/op" and "MB/s" as recordings call them; other units as they are.
[[nodiscard]] std::string base_unit_name(std::string_view unit);

}  // namespace nevaperf::compare
