// Whether this machine is a real one, a virtual one or a container.
//
// Thread safety: pure function over a file system.
#pragma once

#include <optional>
#include <string>

#include "core/base/file.hpp"

namespace nevaperf::measure {

// "none", "docker", "virtual machine (QEMU)", "docker in a virtual machine (QEMU)"; nothing if
// nothing tells.
[[nodiscard]] std::optional<std::string> describe_virtualisation(const base::file_system& files);

}  // namespace nevaperf::measure
