// The seam to the file system: whole-file reads and durable writes, nothing else.
//
// Sizes are bytes. Every error names the path in `where` and says what to do.
// Thread safety: real_files() and its methods: any thread; two writers of one path are the callers'
// race. Invariant: after write_atomic returned a value, the file holds the new text even if the
// power fails; if it returned an error or the process died, the file holds the old text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"

namespace nevaperf::base {

constexpr std::uint64_t default_read_limit_bytes = std::uint64_t{256} << 20;

enum class durability {
  buffered,  // survives the death of this process
  synced,    // survives a power failure
};

class file_system {
 public:
  virtual ~file_system() = default;

  // The whole file; pipes and devices are read to their end. More than `limit_bytes` is an error.
  [[nodiscard]] virtual result<std::string> read(
      const std::string& path, std::uint64_t limit_bytes = default_read_limit_bytes) const = 0;

  // Replaces the file in one step; makes missing parent folders.
  virtual result<void> write_atomic(const std::string& path, std::string_view text) = 0;

  // Adds to the end of the file with one write; makes the file and its parent folders.
  virtual result<void> append(const std::string& path, std::string_view text,
                              durability how = durability::buffered) = 0;

  // Removes one file or empty folder; one that is not there is an error.
  virtual result<void> remove(const std::string& path) = 0;

  [[nodiscard]] virtual bool exists(const std::string& path) const = 0;

  // Names (not paths) of the regular files in a folder, sorted; a missing folder has none.
  [[nodiscard]] virtual result<std::vector<std::string>> list(const std::string& folder) const = 0;
};

[[nodiscard]] file_system& real_files();

// The errors that every file system reports, in one wording: "no such file", "larger than ...".
[[nodiscard]] error file_error(const std::string& path, int errno_value, const std::string& doing);
[[nodiscard]] error too_large_error(const std::string& path, std::uint64_t limit_bytes);

}  // namespace nevaperf::base
