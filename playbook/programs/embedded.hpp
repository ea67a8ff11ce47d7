// The Neva programs of this folder, inside the binary: `nevaperf bench` needs no file.
//
// embedded.cpp is made from the *.json files when the build is configured; the description is what
// the member "comment" of a file says.
//
// Thread safety: constant.
#pragma once

#include <span>
#include <string_view>

namespace nevaperf::playbook {

struct embedded_program {
  std::string_view name;         // of the file, without its suffix
  std::string_view description;  // one line
  std::string_view ir_json;
};

std::span<const embedded_program> embedded_programs();

}  // namespace nevaperf::playbook
