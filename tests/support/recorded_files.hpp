// Files that other tools wrote, kept beside the source tree; tests that need them say so and pass
// where there are none.
#pragma once

#include <cstdlib>
#include <optional>
#include <string>

#include "core/base/file.hpp"
#include "tests/support/catch.hpp"

namespace nevaperf::tests {

// NEVAPERF_SHARED_DEFAULT comes from the build: the folder `shared` beside the source tree.
inline std::optional<std::string> recorded_file(const std::string& name) {
  const char* const shared = std::getenv("NEVAPERF_SHARED");
  const std::string path =
      std::string(shared != nullptr ? shared : NEVAPERF_SHARED_DEFAULT) + "/fixtures/" + name;
  if (!base::real_files().exists(path)) {
    WARN("skipped: there is no recorded file " << name);
    return std::nullopt;
  }
  const auto text = base::real_files().read(path);
  REQUIRE(text);
  return *text;
}

}  // namespace nevaperf::tests
