#include "runtime/system/paths.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "runtime/system/errno_text.hpp"
#include "runtime/system/variables.hpp"

namespace nevaperf::runtime {

namespace {

// Go's FileMode bits and what they are here.
struct mode_bit {
  std::uint32_t go;
  mode_t here;
};
constexpr mode_bit special_bits[] = {{1U << 23, S_ISUID}, {1U << 22, S_ISGID}, {1U << 20, S_ISVTX}};
constexpr std::uint32_t go_device = 1U << 26;
constexpr mode_bit type_bits[] = {{1U << 31, S_IFDIR},  {1U << 27, S_IFLNK},
                                  {go_device, S_IFBLK}, {go_device | 1U << 21, S_IFCHR},
                                  {1U << 25, S_IFIFO},  {1U << 24, S_IFSOCK},
                                  {0, S_IFREG}};
constexpr mode_t permission_bits = 0777;

mode_t mode_of_go(std::uint32_t go) {
  mode_t mode = go & permission_bits;
  for (const mode_bit& b : special_bits)
    if ((go & b.go) != 0) mode |= b.here;
  return mode;
}

std::int64_t mode_for_go(mode_t mode) {
  std::uint32_t go = mode & permission_bits;
  for (const mode_bit& b : special_bits)
    if ((mode & b.here) != 0) go |= b.go;
  for (const mode_bit& b : type_bits)
    if ((mode & S_IFMT) == b.here) go |= b.go;
  return go;
}

bool has_zero_byte(const std::string& path) {
  return path.find('\0') != std::string::npos;
}

// `call` returns 0 or sets errno.
template <class Call>
base::result<void> checked(const char* operation, const std::string& path, Call call) {
  if (has_zero_byte(path)) return path_error(operation, path, EINVAL);
  int result = 0;
  do result = call();
  while (result != 0 && errno == EINTR);
  if (result != 0) return path_error(operation, path, errno);
  return {};
}

// The last part of a path, without the slashes at its end.
std::string base_name(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos || path.size() == 1 ? path : path.substr(slash + 1);
}

base::result<file_status> status_by(const char* operation, const std::string& path,
                                    int (*call)(const char*, struct stat*)) {
  struct stat found {};
  if (auto ok = checked(operation, path, [&] { return call(path.c_str(), &found); }); !ok)
    return ok.error();
  return file_status{.name = base_name(path),
                     .size_bytes = found.st_size,
                     .mode = mode_for_go(found.st_mode),
                     .modified_unix_s = found.st_mtim.tv_sec,
                     .is_folder = S_ISDIR(found.st_mode)};
}

bool is_folder(const std::string& path) {
  struct stat found {};
  return !has_zero_byte(path) && stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode);
}

struct close_folder {
  void operator()(DIR* folder) const { closedir(folder); }
};
using folder_stream = std::unique_ptr<DIR, close_folder>;

bool is_dots(const char* name) {
  const std::string_view n = name;
  return n == "." || n == "..";
}

bool is_folder_entry(int folder, const dirent& entry) {
  if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_DIR;
  struct stat found {};
  return fstatat(folder, entry.d_name, &found, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(found.st_mode);
}

bool is_readable(int number) {
  pollfd one{number, POLLIN, 0};
  return number >= 0 && poll(&one, 1, 0) > 0;
}

// Removes entries by descriptor and name, so that nobody can lead it elsewhere through a link on
// the way.
class tree_remover {
 public:
  explicit tree_remover(int cancel) : cancel_(cancel) {}

  // 0 or an errno value; `failed_path` says where.
  int remove(int parent, const char* name, const std::string& path) {
    if (is_readable(cancel_)) return failed(path, ECANCELED);
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT) return 0;
    const int unlinked = errno;  // EISDIR; EPERM on other systems
    const int number = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (number < 0) return errno == ENOENT ? 0 : failed(path, errno == ENOTDIR ? unlinked : errno);
    if (const int error = remove_entries(number, path); error != 0) return error;
    if (unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT) return 0;
    return failed(path, errno);
  }

  [[nodiscard]] const std::string& failed_path() const { return failed_path_; }

 private:
  int remove_entries(int number, const std::string& path) {
    const folder_stream folder(fdopendir(number));  // takes `number` over
    for (;;) {
      bool was_empty = true;
      while (const dirent* entry = readdir(folder.get())) {
        if (is_dots(entry->d_name)) continue;
        was_empty = false;
        if (const int error = remove(number, entry->d_name, path + "/" + entry->d_name); error != 0)
          return error;
      }
      if (was_empty) return 0;
      rewinddir(folder.get());  // what is removed while reading may hide others
    }
  }

  int failed(const std::string& path, int error) {
    failed_path_ = path;
    return error;
  }

  int cancel_;
  std::string failed_path_;
};

}  // namespace

base::result<file_status> status_of(const std::string& path) {
  return status_by("stat", path, stat);
}
base::result<file_status> link_status_of(const std::string& path) {
  return status_by("lstat", path, lstat);
}

base::result<std::vector<folder_entry>> list_folder(const std::string& path) {
  if (has_zero_byte(path)) return path_error("open", path, EINVAL);
  const folder_stream folder(opendir(path.c_str()));
  if (folder == nullptr) return path_error("open", path, errno);
  std::vector<folder_entry> entries;
  errno = 0;
  while (const dirent* entry = readdir(folder.get())) {
    if (!is_dots(entry->d_name))
      entries.push_back({entry->d_name, is_folder_entry(dirfd(folder.get()), *entry)});
    errno = 0;
  }
  if (errno != 0) return path_error("readdirent", path, errno);
  std::sort(entries.begin(), entries.end(),
            [](const folder_entry& a, const folder_entry& b) { return a.name < b.name; });
  return entries;
}

base::result<void> make_folder(const std::string& path, std::uint32_t mode) {
  return checked("mkdir", path, [&] { return mkdir(path.c_str(), mode_of_go(mode)); });
}

base::result<void> make_folders(const std::string& path, std::uint32_t mode) {
  struct stat found {};
  if (!has_zero_byte(path) && stat(path.c_str(), &found) == 0) {
    if (S_ISDIR(found.st_mode)) return {};
    return path_error("mkdir", path, ENOTDIR);
  }
  std::size_t end = path.size();
  while (end > 0 && path[end - 1] == '/') --end;
  while (end > 0 && path[end - 1] != '/') --end;
  if (end > 1)
    if (auto parent = make_folders(path.substr(0, end - 1), mode); !parent) return parent;
  auto made = make_folder(path, mode);
  if (!made && is_folder(path)) return {};  // somebody else was faster, or the path ends in ".."
  return made;
}

base::result<void> remove_path(const std::string& path) {
  if (has_zero_byte(path)) return path_error("remove", path, EINVAL);
  if (unlink(path.c_str()) == 0) return {};
  const int unlinked = errno;
  if (rmdir(path.c_str()) == 0) return {};
  return path_error("remove", path, errno == ENOTDIR ? unlinked : errno);
}

base::result<void> remove_tree(const std::string& path, int cancel) {
  if (path.empty()) return {};
  if (path == "." || path.ends_with("/.") || has_zero_byte(path))
    return path_error("RemoveAll", path, EINVAL);
  tree_remover remover(cancel);
  const int error = remover.remove(AT_FDCWD, path.c_str(), path);
  if (error != 0) return path_error("unlinkat", remover.failed_path(), error);
  return {};
}

base::result<void> rename_path(const std::string& from, const std::string& to) {
  const std::string both = from + " " + to;
  if (has_zero_byte(both)) return path_error("rename", both, EINVAL);
  struct stat target {};
  // Go refuses to rename anything onto a folder that is there, but for the folder itself under
  // another name.
  if (lstat(to.c_str(), &target) == 0 && S_ISDIR(target.st_mode)) {
    struct stat source {};
    if (lstat(from.c_str(), &source) != 0) return path_error("rename", both, errno);
    if (from == to || source.st_dev != target.st_dev || source.st_ino != target.st_ino)
      return path_error("rename", both, EEXIST);
  }
  return checked("rename", both, [&] { return std::rename(from.c_str(), to.c_str()); });
}

base::result<void> truncate_path(const std::string& path, std::int64_t size_bytes) {
  return checked("truncate", path, [&] { return truncate(path.c_str(), size_bytes); });
}

base::result<void> change_folder(const std::string& path) {
  return checked("chdir", path, [&] { return chdir(path.c_str()); });
}

base::result<std::string> current_folder(const variable_table& variables) {
  struct stat here {};
  struct stat named {};
  const std::optional<std::string> pwd = variables.find("PWD");
  if (pwd && pwd->starts_with('/') && stat(".", &here) == 0 && stat(pwd->c_str(), &named) == 0 &&
      here.st_dev == named.st_dev && here.st_ino == named.st_ino)
    return *pwd;
  const std::unique_ptr<char, decltype(&std::free)> path(getcwd(nullptr, 0), std::free);
  if (path == nullptr)
    return base::error{.what = "getwd: " + errno_text(errno), .where = {}, .next = {}};
  return std::string(path.get());
}

}  // namespace nevaperf::runtime
