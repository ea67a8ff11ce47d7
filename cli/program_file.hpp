// What a program is before it is started, as far as profiling it depends on that.
//
// Thread safety: pure functions over the file system.
#pragma once

#include <optional>
#include <string>

namespace nevaperf::cli {

// The file that a command word names, by PATH as a shell does; nothing if there is none.
[[nodiscard]] std::optional<std::string> find_program(const std::string& word);

// Why no library can be preloaded into this program: "is linked statically". Nothing: it can, or
// the file is no program (a script is run by one).
[[nodiscard]] std::optional<std::string> why_no_preload(const std::string& file);

}  // namespace nevaperf::cli
