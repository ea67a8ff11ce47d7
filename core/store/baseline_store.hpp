// Baselines: runs kept under a name, to compare with later.
//
// Thread safety: owner only; the file system that is given must outlive the store.
// Invariant: saving under a name that is there replaces the run and its profiles in one step: after
// an error or a kill the old ones are whole.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/formats/baseline_json.hpp"
#include "core/store/state_dir.hpp"

namespace nevaperf::store {

// A profile to keep with a baseline, under its file name.
struct profile_file {
  std::string name;
  std::string bytes;
};

class baseline_store {
 public:
  baseline_store(base::file_system& files, state_dir where)
      : files_(files), where_(std::move(where)) {}

  // Returns the path written. `saved` is RFC 3339.
  base::result<std::string> save(const std::string& name, const std::string& saved,
                                 const model::run& data,
                                 const std::vector<profile_file>& profiles = {});
  // A name that is not there is an error that lists the names that are.
  [[nodiscard]] base::result<formats::baseline> load(const std::string& name) const;
  base::result<void> remove(const std::string& name);
  // Where a profile of a loaded baseline lies.
  [[nodiscard]] std::string profile_path(const std::string& name,
                                         const formats::kept_profile& profile) const;
  [[nodiscard]] base::result<std::vector<std::string>> names() const;  // sorted

 private:
  base::result<std::vector<formats::kept_profile>> write_profiles(
      const std::string& name, const std::vector<profile_file>& profiles);
  void remove_profiles_but(const std::string& name, const std::vector<formats::kept_profile>& kept);
  [[nodiscard]] base::error unknown(const std::string& name) const;

  base::file_system& files_;
  state_dir where_;
};

}  // namespace nevaperf::store
