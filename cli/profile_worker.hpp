// The worker of `nevaperf profile`: runs one scenario for a given time with one collector on.
//
// It leaves in the plan's folder what the collector gathers, and what it did:
//   work.json: {"operations": N, "seconds": S}
//
// Thread safety: one a process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/measure/scenario.hpp"
#include "profiles/model/collector.hpp"

namespace nevaperf::cli {

// Hidden options of the verb `worker`.
struct profile_job {
  std::string kind;
  double seconds = 0;
  profiles::collection_plan plan;
};

[[nodiscard]] std::vector<std::string> words_of(const profile_job& job);

[[nodiscard]] base::result<void> run_profiled(const measure::scenario& what,
                                              const profile_job& job);

struct profiled_work {
  std::int64_t operations = 0;
  double seconds = 0;
};

// Nothing: the worker did not come so far.
[[nodiscard]] std::optional<profiled_work> read_work(const std::string& folder);

}  // namespace nevaperf::cli
