#include "core/base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "core/base/unique_fd.hpp"

namespace nevaperf::base {

namespace {

namespace fs = std::filesystem;

std::string parent_of(const std::string& path) {
  const std::string parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

result<void> make_parent(const std::string& path) {
  std::error_code code;
  fs::create_directories(parent_of(path), code);
  if (code) return file_error(parent_of(path), code.value(), "make the folder");
  return {};
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// A new or renamed entry is durable only when its folder is synced too.
bool sync_folder(const std::string& folder) {
  const unique_fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Some file systems cannot sync a folder and say EINVAL; they order the rename themselves.
  return fd && (::fsync(fd.get()) == 0 || errno == EINVAL);
}

// A pipe or a device such as /dev/stdout cannot be replaced, only written to.
result<void> write_through(const std::string& path, std::string_view text, bool is_folder) {
  if (is_folder) return file_error(path, EISDIR, "write");
  const unique_fd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!fd) return file_error(path, errno, "open for writing");
  if (!write_all(fd.get(), text)) return file_error(path, errno, "write");
  return {};
}

class disk final : public file_system {
 public:
  [[nodiscard]] result<std::string> read(const std::string& path,
                                         std::uint64_t limit_bytes) const override {
    const unique_fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) return file_error(path, errno, "open");
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0) return file_error(path, errno, "examine");
    if (S_ISDIR(info.st_mode)) return file_error(path, EISDIR, "read");
    const auto known_bytes = static_cast<std::uint64_t>(std::max<off_t>(info.st_size, 0));
    if (known_bytes > limit_bytes) return too_large_error(path, limit_bytes);

    // The size is only a hint: pipes and /proc files say 0, and a file may grow while it is read.
    constexpr std::size_t step_bytes = 64 << 10;
    std::string text;
    std::size_t used = 0;
    text.resize(std::max<std::size_t>(known_bytes + 1, step_bytes));
    while (true) {
      if (used == text.size()) text.resize(used + std::max(used / 2, step_bytes));
      const ssize_t got = ::read(fd.get(), text.data() + used, text.size() - used);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return file_error(path, errno, "read");
      if (got == 0) break;
      used += static_cast<std::size_t>(got);
      if (used > limit_bytes) return too_large_error(path, limit_bytes);
    }
    text.resize(used);
    return text;
  }

  result<void> write_atomic(const std::string& path, std::string_view text) override {
    struct stat info {};
    if (::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode)) {
      return write_through(path, text, S_ISDIR(info.st_mode));
    }
    if (auto made = make_parent(path); !made) return made;
    // A symbolic link stays one: the file that it names is replaced.
    std::error_code code;
    const fs::path resolved = fs::weakly_canonical(path, code);
    const std::string target = code ? path : resolved.string();
    static std::atomic<unsigned> counter{0};
    // relaxed: only the number must be unique
    const std::string temporary = target + "." + std::to_string(::getpid()) + "-" +
                                  std::to_string(counter.fetch_add(1, std::memory_order_relaxed)) +
                                  ".tmp";
    unique_fd fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (!fd) return file_error(path, errno, "write a file beside it");
    int problem = write_all(fd.get(), text) && ::fsync(fd.get()) == 0 ? 0 : errno;
    if (!fd.close() && problem == 0) problem = errno;
    if (problem == 0 && ::rename(temporary.c_str(), target.c_str()) != 0) problem = errno;
    if (problem != 0) {
      ::unlink(temporary.c_str());
      return file_error(path, problem, "write");
    }
    if (!sync_folder(parent_of(target))) return file_error(path, errno, "sync its folder");
    return {};
  }

  result<void> append(const std::string& path, std::string_view text, durability how) override {
    if (auto made = make_parent(path); !made) return made;
    const bool is_new = !exists(path);
    unique_fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
    if (!fd) return file_error(path, errno, "open for appending");
    if (!write_all(fd.get(), text)) return file_error(path, errno, "append");
    if (how == durability::synced) {
      if (::fsync(fd.get()) != 0) return file_error(path, errno, "sync");
      if (is_new && !sync_folder(parent_of(path))) {
        return file_error(path, errno, "sync its folder");
      }
    }
    if (!fd.close()) return file_error(path, errno, "close");
    return {};
  }

  result<void> remove(const std::string& path) override {
    if (::remove(path.c_str()) != 0) return file_error(path, errno, "remove");
    return {};
  }

  [[nodiscard]] bool exists(const std::string& path) const override {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0;
  }

  [[nodiscard]] result<std::vector<std::string>> list(const std::string& folder) const override {
    std::vector<std::string> names;
    std::error_code code;
    fs::directory_iterator entry(folder, code);
    if (code == std::errc::no_such_file_or_directory) return names;
    for (; !code && entry != fs::directory_iterator(); entry.increment(code)) {
      std::error_code ignored;  // an entry that vanished meanwhile is not a file
      if (entry->is_regular_file(ignored)) names.push_back(entry->path().filename().string());
    }
    if (code) return file_error(folder, code.value(), "list");
    std::sort(names.begin(), names.end());
    return names;
  }
};

std::string next_step(int errno_value) {
  switch (errno_value) {
    case ENOENT:
      return "check the path";
    case EACCES:
    case EPERM:
      return "check the permissions";
    case EISDIR:
      return "give a file, not a folder";
    case ENOTDIR:
      return "a part of the path is a file, not a folder";
    case ENOSPC:
    case EDQUOT:
      return "free some space";
    case EROFS:
      return "choose a folder that can be written";
    default:
      return "";
  }
}

}  // namespace

file_system& real_files() {
  static disk instance;
  return instance;
}

error file_error(const std::string& path, int errno_value, const std::string& doing) {
  return {.what = "cannot " + doing + ": " + std::generic_category().message(errno_value),
          .where = path,
          .next = next_step(errno_value)};
}

error too_large_error(const std::string& path, std::uint64_t limit_bytes) {
  return {.what = "the file is larger than the limit of " + std::to_string(limit_bytes) + " bytes",
          .where = path,
          .next = "is this the right file?"};
}

}  // namespace nevaperf::base
