// What was measured of one scenario in one unit.
//
// Units: values are in the unit under which the metric is filed ("sec/op" is seconds, "B/op"
// bytes). Thread safety: values; share nothing. Invariants: all values are finite; low <= median <=
// high; samples.size() == n; no two samples of a metric come from the same process, since the
// process is the unit of inference.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nevaperf::model {

// One value of one worker process.
struct sample {
  double value = 0;
  std::uint32_t process =
      0;  // counts the worker processes of a scenario from 0; gaps are processes that failed

  friend bool operator==(const sample&, const sample&) = default;
};

struct interval {
  double low = 0;
  double high = 0;

  friend bool operator==(const interval&, const interval&) = default;
};

struct metric {
  double median = 0;
  interval ci;  // of the median
  double confidence =
      0;  // that the interval really has, 0..1; less than asked for if there are few samples
  std::uint64_t n = 0;  // samples, that is processes
  std::string method;   // how the interval came about: "order-statistic", "exact"
  std::vector<sample> samples;
  // The values from which the samples were condensed (several slices a process), in the order of
  // measurement. They say something about drift within a process, nothing about the scatter between
  // runs. May be empty.
  std::vector<sample> slices;

  friend bool operator==(const metric&, const metric&) = default;
};

}  // namespace nevaperf::model
