// Doubts about the samples of a scenario: too few, too scattered, or not what the interval takes
// them for.
//
// The rules, each with the rate at which it warns without cause (simulated:
// tests/core/measure/sample_doubts_test.cpp):
//   few-samples     fewer processes than a 95% interval needs
//   wide-interval   half of the interval is more than 5% of the median
//   drift           the slices of a process rise or fall from first to last by 2% or more, p <
//   0.001
//                   (core/stats/trend.hpp): at most 0.1%
//   bimodal         the processes fall into two groups, 2% or more apart (core/stats/clusters.hpp):
//                   at most 0.5%
//   autocorrelated  neighbouring processes are alike, p < 0.001 (core/stats/autocorrelation.hpp),
//                   and the interval is wider than 1%: at most 0.1%
//
// Thread safety: pure function.
#pragma once

#include <vector>

#include "core/model/metric.hpp"
#include "core/model/warning.hpp"

namespace nevaperf::measure {

// `time`: a metric in sec/op, summarized, with samples and slices in the order of measurement.
[[nodiscard]] std::vector<model::warning> sample_doubts(const model::metric& time);

}  // namespace nevaperf::measure
