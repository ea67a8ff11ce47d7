// Baselines: runs kept under a name, to compare with later.
//
// Thread safety: owner only; the file system that is given must outlive the store.
// Invariant: a file is written in one step; saving under a name that is there replaces it.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/formats/baseline_json.hpp"
#include "core/store/state_dir.hpp"

namespace nevaperf::store {

class baseline_store {
 public:
  baseline_store(base::file_system& files, state_dir where)
      : files_(files), where_(std::move(where)) {}

  // Returns the path written. `saved` is RFC 3339.
  base::result<std::string> save(const std::string& name, const std::string& saved,
                                 const model::run& data);
  // A name that is not there is an error that lists the names that are.
  [[nodiscard]] base::result<formats::baseline> load(const std::string& name) const;
  base::result<void> remove(const std::string& name);
  [[nodiscard]] base::result<std::vector<std::string>> names() const;  // sorted

 private:
  [[nodiscard]] base::error unknown(const std::string& name) const;

  base::file_system& files_;
  state_dir where_;
};

}  // namespace nevaperf::store
