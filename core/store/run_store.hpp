// Run files on disk: the runs of a state folder, and single files anywhere.
//
// Thread safety: owner only; the file system that is given must outlive the store.
// Invariant: a file is written in one step: it holds a whole run or is not there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/model/run.hpp"
#include "core/store/state_dir.hpp"

namespace nevaperf::store {

[[nodiscard]] base::result<model::run> read_run_file(const base::file_system& files,
                                                     const std::string& path);
base::result<void> write_run_file(base::file_system& files, const std::string& path,
                                  const model::run& data);

// A new run id, sorted by time: "20240501T120000Z-3f9a0c". `salt` keeps two runs of one second
// apart: a process id mixed with a clock will do.
[[nodiscard]] std::string make_run_id(std::int64_t wall_ns, std::uint64_t salt);

class run_store {
 public:
  run_store(base::file_system& files, state_dir where) : files_(files), where_(std::move(where)) {}

  // Returns the path written.
  base::result<std::string> save(const model::run& data);
  [[nodiscard]] base::result<model::run> load(const std::string& id) const;
  [[nodiscard]] base::result<std::vector<std::string>> ids() const;  // oldest first

 private:
  base::file_system& files_;
  state_dir where_;
};

}  // namespace nevaperf::store
