// Compares two builds: pairs of fresh processes of both, scenario by scenario in turns, until each
// is decided or the time is up.
//
// Every round measures one pair (paired_worker.hpp) of each scenario that is still open, in a new
// random order. What a pair yields is the logarithm of new / old; stats/sequential.hpp looks at
// them a few times and says when there are enough. In between, pairs of the old build with itself
// are the control: they must show no difference, and what they leave open bounds what may be
// called a change. A scenario that fails on one side is reported; the rest go on.
//
// Thread safety: owner only. Units: nanoseconds; logarithms of ratios are natural.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/measure/paired_worker.hpp"
#include "core/measure/session.hpp"
#include "core/stats/sequential.hpp"

namespace nevaperf::measure {

struct paired_options {
  std::int64_t budget_ns = 30'000'000'000;  // of the whole session
  stats::sequential_rules rules;            // its family is the number of subjects
  std::size_t most_pairs = 2000;            // of a scenario
  std::int64_t slice_ns = 5'000'000;
  std::size_t control_every = 4;  // pairs of a scenario to one of the control
  std::uint64_t seed = 0;         // of the orders, the CPUs and the padding of environments
  std::vector<int> cpus;          // each pair is pinned to one of them; empty: not pinned
};

struct paired_row {
  std::string name;
  std::vector<double> old_seconds;  // of an operation, one a pair
  std::vector<double> new_seconds;
  std::vector<double> log_ratios;
  stats::sequential_test test;
  std::optional<pair_failure> failure;
  std::int64_t pair_ns = 0;  // what one more pair takes, its part of the control included
};

// How far the old build seems to differ from itself.
struct control_interval {
  double low = 0;
  double high = 0;
  bool is_biased = false;  // it does differ (99.9%): nothing that was measured can be trusted
};

// Nothing if there are too few pairs for a 95% interval.
[[nodiscard]] std::optional<control_interval> interval_of_control(
    std::span<const double> log_ratios);

// Whether the 95% interval of the row lies outside of what the control leaves open.
[[nodiscard]] bool is_clear_of(const control_interval& control, std::span<const double> log_ratios);

struct paired_result {
  std::vector<paired_row> rows;  // in the order of the subjects
  std::vector<double> control;   // log-ratios of the old build with itself
  bool interrupted = false;
  bool out_of_time = false;
};

using paired_progress = std::function<void(const session_progress& now)>;

[[nodiscard]] paired_result run_paired_session(std::span<const paired_subject> subjects,
                                               const paired_options& options, worker_world& world,
                                               const paired_progress& about_to_run);

}  // namespace nevaperf::measure
