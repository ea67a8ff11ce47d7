#include "runtime/system/temporary_path.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <random>

#include "runtime/system/descriptor.hpp"
#include "runtime/system/errno_text.hpp"
#include "runtime/system/paths.hpp"

namespace nevaperf::runtime {

namespace {

struct name_parts {
  std::string before;  // with the folder
  std::string after;
};

base::result<name_parts> parts_of(const char* operation, const std::string& folder,
                                  const std::string& pattern) {
  if (pattern.find('/') != std::string::npos)
    return base::error{
        .what = std::string(operation) + " " + pattern + ": pattern contains path separator",
        .where = {},
        .next = {}};
  name_parts parts{.before = folder.ends_with('/') ? folder : folder + "/", .after = {}};
  const std::size_t star = pattern.rfind('*');
  parts.before += pattern.substr(0, star);
  if (star != std::string::npos) parts.after = pattern.substr(star + 1);
  return parts;
}

constexpr unsigned most_tries = 10'000;

// `make` gives a result; a path that is there already is tried again with another number.
template <class Make>
base::result<std::string> make_new(const char* operation, const name_parts& parts, Make make) {
  std::random_device random;
  for (unsigned i = 0; i < most_tries; ++i) {
    const std::string path = parts.before + std::to_string(random()) + parts.after;
    auto made = make(path);
    if (made) return path;
    struct stat found {};
    if (lstat(path.c_str(), &found) != 0) return made.error();  // it was not because of the name
  }
  return path_error(operation, parts.before + "*" + parts.after, EEXIST);
}

}  // namespace

base::result<std::string> make_temporary_folder(const std::string& folder,
                                                const std::string& pattern) {
  const auto parts = parts_of("mkdirtemp", folder, pattern);
  if (!parts) return parts.error();
  constexpr std::uint32_t mode = 0700;
  auto made = make_new("mkdirtemp", *parts,
                       [](const std::string& path) { return make_folder(path, mode); });
  // Go names the folder that is missing, not the one that could not be made.
  if (!made)
    if (const auto there = status_of(folder); !there) return there.error();
  return made;
}

base::result<std::string> make_temporary_file(const std::string& folder,
                                              const std::string& pattern) {
  const auto parts = parts_of("createtemp", folder, pattern);
  if (!parts) return parts.error();
  constexpr unsigned mode = 0600;
  return make_new("createtemp", *parts, [](const std::string& path) {
    return open_path(path, O_RDWR | O_CREAT | O_EXCL, mode, -1);
  });
}

}  // namespace nevaperf::runtime
