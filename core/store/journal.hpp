// The journal of a run that is being measured: every finished worker process is on disk before the
// next one starts, so that a kill loses one at most and the run can go on.
//
// Format: core/formats/journal_format.md.
// Thread safety: owner only; the file system that is given must outlive the journal.
// Invariant: after record() returned a value, the result survives a kill and a power failure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/model/progress.hpp"

namespace nevaperf::store {

class journal {
 public:
  // Begins a new journal; one that is there already is an error.
  static base::result<journal> begin(base::file_system& files, std::string path,
                                     const model::run_plan& plan);

  // After an error (a full disk) it may be called again; what was written before is not lost.
  base::result<void> record(const model::process_result& result);
  // The run file is written: the journal is not needed any more.
  base::result<void> remove();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  friend base::result<struct resumed_journal> resume_journal(base::file_system&,
                                                             const std::string&);
  journal(base::file_system& files, std::string path) : files_(&files), path_(std::move(path)) {}

  base::file_system* files_;
  std::string path_;
  bool maybe_torn_ = false;  // an append failed: part of its line may be in the file
};

struct journal_content {
  model::run_plan plan;
  std::vector<model::process_result> results;
  std::optional<model::warning> torn;  // the last line was cut off and is dropped
};

[[nodiscard]] base::result<journal_content> read_journal(const base::file_system& files,
                                                         const std::string& path);

struct resumed_journal {
  journal_content content;
  journal going_on;
};

// Reads a journal and takes off a torn last line, so that record() can go on.
[[nodiscard]] base::result<resumed_journal> resume_journal(base::file_system& files,
                                                           const std::string& path);

// The newest journal of a folder by name (ids are sorted by time), as a path; nothing if there is
// none.
[[nodiscard]] base::result<std::optional<std::string>> newest_journal(
    const base::file_system& files, const std::string& folder);

}  // namespace nevaperf::store
