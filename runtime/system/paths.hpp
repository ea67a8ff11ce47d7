// Folders, file attributes and the working directory, with Go's behaviour and Go's error texts
// ("mkdir x: file exists").
//
// Modes are Go's FileMode bits. A path with a zero byte is an invalid argument.
//
// Thread safety: any thread; the working directory belongs to the process.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.hpp"

namespace nevaperf::runtime {

class variable_table;

struct file_status {
  std::string name;  // without the folder
  std::int64_t size_bytes = 0;
  std::int64_t mode = 0;
  std::int64_t modified_unix_s = 0;
  bool is_folder = false;
};

struct folder_entry {
  std::string name;
  bool is_folder = false;  // false for a link to one
};

base::result<file_status> status_of(const std::string& path);                  // follows links
base::result<file_status> link_status_of(const std::string& path);             // does not
base::result<std::vector<folder_entry>> list_folder(const std::string& path);  // sorted by name

base::result<void> make_folder(const std::string& path, std::uint32_t mode);
base::result<void> make_folders(const std::string& path, std::uint32_t mode);  // with its parents
base::result<void> remove_path(const std::string& path);  // a file or an empty folder
// With all that is in it, without following links; what is not there is no error. Gives up when
// `cancel` is readable.
base::result<void> remove_tree(const std::string& path, int cancel);
base::result<void> rename_path(const std::string& from, const std::string& to);
base::result<void> truncate_path(const std::string& path, std::int64_t size_bytes);

base::result<void> change_folder(const std::string& path);
base::result<std::string> current_folder(const variable_table& variables);  // $PWD if that is it

}  // namespace nevaperf::runtime
