// Puts names and source lines onto the addresses of a profile, from the files that were mapped.
//
// Only places without names are touched. Addresses lie inside the call (the readers move return
// addresses back). A file that is gone, was replaced (another build id) or is not a real file
// leaves its places without names: they are shown as "[libfoo.so]".
//
// Thread safety: owner only; the files that were opened are kept for the next profile.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/model/warning.hpp"
#include "profiles/model/profile.hpp"
#include "profiles/symbols/debug_file.hpp"

namespace nevaperf::profiles {

class symbolizer {
 public:
  // Gives the doubts: files that could not be used, each once.
  std::vector<model::warning> add_names(profile& p);

 private:
  // Null: cannot be used.
  debug_file* open(const std::string& path, std::vector<model::warning>& doubts);

  std::map<std::string, std::unique_ptr<debug_file>> files_;
};

}  // namespace nevaperf::profiles
