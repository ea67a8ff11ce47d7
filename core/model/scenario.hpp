// What a run found out about one scenario.
//
// Thread safety: values; share nothing.
// Invariant: failure is empty exactly if status is ok. A failed scenario may still carry the
// metrics measured before.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/metric.hpp"
#include "core/model/warning.hpp"

namespace nevaperf::model {

enum class scenario_status {
  ok,
  failed,     // it reported an error
  crashed,    // its process died
  timed_out,  // it gave no answer in its time
  skipped,    // it was not run: not possible here, or the run ended before
};

struct scenario {
  std::string name;  // unique in a run: "hop", "pipeline/8"
  std::vector<std::string> tags;
  std::string description;  // one line
  scenario_status status = scenario_status::ok;
  std::string failure;  // one line: what went wrong, with the place and the next step
  std::map<std::string, metric> metrics;  // by unit: "sec/op"
  std::vector<warning> warnings;

  friend bool operator==(const scenario&, const scenario&) = default;
};

// The spelling in files and reports: "ok", "failed", "crashed", "timed out", "skipped".
[[nodiscard]] const char* to_text(scenario_status status);
[[nodiscard]] std::optional<scenario_status> status_from_text(std::string_view text);

}  // namespace nevaperf::model
