// From two builds and what the user asked for to a paired session, and back to a comparison.
//
// Thread safety: values; share nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/build_under_test.hpp"
#include "core/base/error.hpp"
#include "core/compare/compare_pairs.hpp"
#include "core/measure/paired_session.hpp"

namespace nevaperf::cli {

struct paired_plan {
  std::vector<measure::paired_subject> subjects;  // what both builds have
  std::vector<std::string> only_old;
  std::vector<std::string> only_new;
};

// The scenarios that the filters fit, as in bench; without any the default set of nevaperf builds,
// all benchmarks of others. An error if the two have none of them in common.
[[nodiscard]] base::result<paired_plan> plan_pairs(const build_under_test& old_build,
                                                   const build_under_test& new_build,
                                                   const std::vector<std::string>& filters);

[[nodiscard]] compare::paired_data to_paired_data(const paired_plan& plan,
                                                  measure::paired_result measured);

}  // namespace nevaperf::cli
