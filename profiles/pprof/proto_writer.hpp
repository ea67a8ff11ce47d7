// Writes profile.proto (see proto_fields.hpp), as `go tool pprof` and others read it.
//
// The same profile gives the same bytes. Thread safety: pure functions.
#pragma once

#include <string>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

// A valid profile; the bytes are not packed.
[[nodiscard]] std::string write_proto(const profile& p);

// The same in gzip: what files hold (*.pb.gz).
[[nodiscard]] std::string write_packed_proto(const profile& p);

}  // namespace nevaperf::profiles
