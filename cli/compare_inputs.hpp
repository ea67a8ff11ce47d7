// The sides of a comparison, found, read and filtered.
//
// Thread safety: pure functions over a file system.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/compare/filter.hpp"
#include "core/compare/projector.hpp"
#include "core/formats/baseline_json.hpp"
#include "core/formats/recording.hpp"
#include "core/store/baseline_store.hpp"

namespace nevaperf::cli {

using compare_input = compare::projected_input;

// Each word "file" or "label=file"; a file whose name holds '=' is taken as it is. A folder is one
// of criterion. Files of one label share a column.
[[nodiscard]] base::result<std::vector<compare_input>> read_compare_inputs(
    const base::file_system& files, const std::vector<std::string>& words);

// The baseline of that name; without a name `main`, else the one saved last.
[[nodiscard]] base::result<formats::baseline> find_baseline(const store::baseline_store& baselines,
                                                            const std::string& name);

// What --filter says, each text a name or a pattern as in bench, or an expression (filter.hpp).
struct compare_filters {
  std::vector<std::string> patterns;
  std::vector<compare::filter> expressions;
  std::vector<std::string> texts;  // of the expressions
};

[[nodiscard]] base::result<compare_filters> parse_filters(const std::vector<std::string>& texts);

// Keeps what at least one filter fits; all if there is none. An error if one fits nothing of any
// input, or asks for a key that none has.
[[nodiscard]] base::result<void> filter_inputs(std::vector<compare_input>& inputs,
                                               const compare_filters& filters);

}  // namespace nevaperf::cli
