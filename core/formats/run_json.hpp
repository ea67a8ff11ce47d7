// Run files: model::run <-> JSON text "nevaperf.run/1". Grammar: run_format.md beside this file.
//
// Thread safety: pure functions. Invariant: read_run(*write_run(r)) == r for every run that keeps
// its invariants.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/model/run.hpp"

namespace nevaperf::formats {

// Refused: a value that is not finite.
[[nodiscard]] base::result<std::string> write_run(const model::run& data);

// Strict: another schema, a missing member, a wrong type or a broken invariant is an error whose
// place is a JSON pointer. Unknown members are ignored, so that a newer minor version can add some.
[[nodiscard]] base::result<model::run> read_run(std::string_view text);

}  // namespace nevaperf::formats
