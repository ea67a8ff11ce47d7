// What `run --stats` says of a run, as text and as JSON ("nevaperf.run_stats/1").
//
// Thread safety: pure functions, but `peak_memory_bytes`, which asks the system.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "runtime/observe/graph_names.hpp"
#include "runtime/observe/run_counts.hpp"

namespace nevaperf::cli {

struct run_stats {
  const runtime::run_counts& counts;
  const runtime::graph_names& names;
  std::string program;  // file
  std::string end;      // "stopped", "panicked", ...
  int status = 0;
  std::optional<std::int64_t> peak_memory_bytes;
};

// Of this process until now; nothing if the system does not say.
[[nodiscard]] std::optional<std::int64_t> peak_memory_bytes();

[[nodiscard]] std::string stats_text(const run_stats& stats);
[[nodiscard]] std::string stats_json(const run_stats& stats);

}  // namespace nevaperf::cli
