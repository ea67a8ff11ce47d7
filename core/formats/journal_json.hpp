// Lines of a journal: the plan of a run, then one line for each finished worker process, JSON
// "nevaperf.journal/1". Grammar: journal_format.md beside this file.
//
// Thread safety: pure functions. Every line ends with a line break and holds no other.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/model/progress.hpp"

namespace nevaperf::formats {

inline constexpr const char* journal_schema = "nevaperf.journal/1";

[[nodiscard]] base::result<std::string> write_plan_line(const model::run_plan& plan);
// Refused: a value that is not finite.
[[nodiscard]] base::result<std::string> write_result_line(const model::process_result& result);

[[nodiscard]] base::result<model::run_plan> read_plan_line(std::string_view line);
[[nodiscard]] base::result<model::process_result> read_result_line(std::string_view line);

}  // namespace nevaperf::formats
