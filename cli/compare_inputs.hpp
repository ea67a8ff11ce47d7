// The two sides of a comparison, found and read.
//
// Thread safety: pure functions over a file system.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/formats/baseline_json.hpp"
#include "core/formats/recording.hpp"
#include "core/store/baseline_store.hpp"

namespace nevaperf::cli {

struct compare_input {
  std::string label;
  formats::recording data;
};

// "file" or "label=file"; a file whose name holds '=' is taken as it is.
[[nodiscard]] base::result<compare_input> read_compare_input(const base::file_system& files,
                                                             const std::string& word);

// The baseline of that name; without a name `main`, else the one saved last.
[[nodiscard]] base::result<formats::baseline> find_baseline(const store::baseline_store& baselines,
                                                            const std::string& name);

// Keeps the scenarios that the filters fit, as in bench. An error if a filter fits none of either
// side.
[[nodiscard]] base::result<void> filter_inputs(compare_input& old_side, compare_input& new_side,
                                               const std::vector<std::string>& filters);

}  // namespace nevaperf::cli
