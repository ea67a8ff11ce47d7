// Gathers the profiles that a user asked for: each kind of a scenario in a worker process of its
// own, all kinds of another program in one run of it.
//
// Thread safety: owner only.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "profiles/model/collector.hpp"

namespace nevaperf::cli {

struct profile_target {
  enum class kind { scenario, program, command };  // program: a Neva IR file
  kind what = kind::scenario;
  std::vector<std::string> words;  // the name, the file, or the command with its arguments

  [[nodiscard]] std::string title() const;
};

// A name that is a scenario's, a file that is a program's; the error says which it could have been.
[[nodiscard]] base::result<profile_target> find_target(const std::vector<std::string>& words,
                                                       bool is_command);

struct profile_wish {
  profile_target target;
  std::vector<const profiles::profile_kind*> kinds;
  std::int64_t rate_hz = 0;
  std::int64_t alloc_bytes = 0;
  double seconds = 0;          // of a scenario; of a command: at most, 0: until it ends
  std::string folder;          // for files while the profile is gathered
  bool output_to_err = false;  // what a command prints must not come between ours
};

struct kind_result {
  const profiles::profile_kind* kind = nullptr;
  profiles::gathered got;  // with names
};

// In the order of the wish. The error: no profile at all.
[[nodiscard]] base::result<std::vector<kind_result>> gather_profiles(const profile_wish& wish);

}  // namespace nevaperf::cli
