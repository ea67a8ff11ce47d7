// A small complete run: every field is used somewhere in it.
//
// Thread safety: pure functions.
#pragma once

#include "core/model/run.hpp"

namespace nevaperf::tests {

inline model::metric example_metric() {
  return {.median = 1.23e-8,
          .ci = {1.2e-8, 1.26e-8},
          .confidence = 0.75,
          .n = 3,
          .method = "order-statistic",
          .samples = {{1.2e-8, 0}, {1.23e-8, 2}, {1.26e-8, 3}},
          .slices = {{1.19e-8, 0}, {1.21e-8, 0}, {1.23e-8, 2}, {1.26e-8, 3}}};
}

inline model::metric exact_metric(double value) {
  return {.median = value,
          .ci = {value, value},
          .confidence = 1,
          .n = 1,
          .method = "exact",
          .samples = {{value, 0}},
          .slices = {}};
}

inline model::run example_run() {
  model::scenario hop;
  hop.name = "hop";
  hop.tags = {"channel", "quick"};
  hop.description = "one message over one channel";
  hop.metrics["sec/op"] = example_metric();
  hop.metrics["allocs/op"] = exact_metric(0);
  hop.metrics["B/op"] = exact_metric(64);
  hop.metrics["messages/s"] = exact_metric(81'300'000);
  hop.warnings = {{"few-samples", "3 samples do not reach 95%", "give --time 5"}};

  model::scenario crashed;
  crashed.name = "fan_in/16";
  crashed.status = model::scenario_status::crashed;
  crashed.failure = "killed by SIGSEGV (segmentation fault)";

  model::run out;
  out.id = "20240501T120000Z-3f9a";
  out.created = "2024-05-01T12:00:00Z";
  out.tool = "0.1.0";
  out.environment.cpu_model = "Example CPU @ 3.00GHz";
  out.environment.cores = 2;
  out.environment.memory_bytes = 8'000'000'000;
  out.environment.aslr = true;
  out.environment.load = 0.25;
  out.environment.kernel = "6.1.0";
  out.scenarios = {hop, crashed};
  out.warnings = {{"no-governor", "the CPU governor is not known", "see nevaperf doctor"}};
  return out;
}

}  // namespace nevaperf::tests
