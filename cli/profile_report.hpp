// What `nevaperf profile` leaves: the files of each kind, and what it says on standard output.
//
// Files in the folder, for KIND cpu: cpu.pb.gz (profile.proto), cpu.folded, cpu.speedscope.json,
// cpu.html (flame graph). JSON: {"schema": "nevaperf.profile/1", "target", "folder", "kinds":
// [{"kind", "types": [{"type", "unit", "total"}], "shown": TYPE, "samples", "duration_ns", "nodes":
// [{"node", "value"}], "top": [{"function", "file", "flat", "cumulative"}], "files": {...},
// "notes", "warnings"}]}.
//
// Thread safety: pure but for the files.
#pragma once

#include <string>
#include <vector>

#include "cli/profile_gather.hpp"
#include "core/base/file.hpp"

namespace nevaperf::cli {

struct profile_place {
  std::string folder;
  std::string title;  // of the target
};

[[nodiscard]] base::result<void> write_profile_files(base::file_system& files,
                                                     const profile_place& place,
                                                     const std::vector<kind_result>& all);

[[nodiscard]] std::string profile_text(const profile_place& place,
                                       const std::vector<kind_result>& all);
[[nodiscard]] std::string profile_json(const profile_place& place,
                                       const std::vector<kind_result>& all);

}  // namespace nevaperf::cli
