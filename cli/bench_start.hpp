// The start of a bench run, new or resumed: all that is needed to measure, with the journal open.
//
// Thread safety: owner only.
#pragma once

#include <vector>

#include "cli/bench_plan.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/model/progress.hpp"
#include "core/store/journal.hpp"

namespace nevaperf::cli {

struct bench_start {
  bench_plan plan;
  model::run_plan planned;
  store::journal journal;
  std::vector<model::process_result> earlier;  // of the run that is resumed
  std::vector<model::warning> warnings;
};

[[nodiscard]] base::result<bench_start> begin_bench(base::file_system& files,
                                                    const bench_options& options);

// Goes on with the newest journal of the state folder. Refused if there is none, or if another
// build or another machine wrote it: their numbers cannot be put into one.
[[nodiscard]] base::result<bench_start> resume_bench(base::file_system& files,
                                                     const bench_options& options);

}  // namespace nevaperf::cli
