// A file system in memory; can be told to fail.
//
// Thread safety: owner only.
#pragma once

#include <cerrno>
#include <map>
#include <string>

#include "core/base/file.hpp"

namespace nevaperf::tests {

class memory_files final : public base::file_system {
 public:
  std::map<std::string, std::string> files;  // path -> content
  int fail_writes_with = 0;                  // an errno value; 0: writes succeed
  int good_writes = 0;  // before they fail
  int synced_appends = 0;

  [[nodiscard]] base::result<std::string> read(const std::string& path,
                                               std::uint64_t limit_bytes) const override {
    const auto found = files.find(path);
    if (found == files.end()) return base::file_error(path, ENOENT, "open");
    if (found->second.size() > limit_bytes) return base::too_large_error(path, limit_bytes);
    return found->second;
  }

  base::result<void> write_atomic(const std::string& path, std::string_view text) override {
    if (fail_writes_with != 0 && good_writes-- <= 0) {
      return base::file_error(path, fail_writes_with, "write");
    }
    files[path] = text;
    return {};
  }

  base::result<void> append(const std::string& path, std::string_view text,
                            base::durability how) override {
    if (fail_writes_with != 0) return base::file_error(path, fail_writes_with, "append");
    files[path] += text;
    if (how == base::durability::synced) ++synced_appends;
    return {};
  }

  base::result<void> remove(const std::string& path) override {
    if (files.erase(path) == 0) return base::file_error(path, ENOENT, "remove");
    return {};
  }

  [[nodiscard]] bool exists(const std::string& path) const override { return files.contains(path); }

  [[nodiscard]] base::result<std::vector<std::string>> list(
      const std::string& folder) const override {
    std::vector<std::string> names;
    const std::string start = folder + "/";
    for (const auto& [path, text] : files) {
      if (path.starts_with(start) && path.find('/', start.size()) == std::string::npos) {
        names.push_back(path.substr(start.size()));
      }
    }
    return names;
  }
};

}  // namespace nevaperf::tests
