#include "core/measure/cgroup_limits.hpp"

#include <algorithm>
#include <string>

#include "core/measure/proc_text.hpp"

namespace nevaperf::measure {

namespace {

// Version 1 has no word for "no limit": the largest number of whole pages stands for it.
constexpr std::uint64_t no_memory_limit = std::uint64_t{1} << 62;

struct mount {
  std::string root;   // of the hierarchy, as this process sees it
  std::string point;  // where it is mounted
};

bool has_word(std::string_view list, std::string_view word) {
  const auto words = split(list, ',');
  return std::find(words.begin(), words.end(), word) != words.end();
}

// proc(5), mountinfo: "30 23 0:26 /root /point rw,nosuid shared:5 - cgroup cgroup rw,cpu,cpuacct".
// `controller` is empty for version 2.
std::optional<mount> find_mount(const base::file_system& files, std::string_view controller) {
  const auto text = small_file(files, "/proc/self/mountinfo");
  if (!text) return std::nullopt;
  for (const std::string_view line : split(*text, '\n')) {
    const auto fields = split(line, ' ');
    const auto dash = std::find(fields.begin(), fields.end(), "-");
    if (fields.size() < 6 || fields.end() - dash < 4) continue;
    const bool fits = controller.empty() ? dash[1] == "cgroup2"
                                         : dash[1] == "cgroup" && has_word(dash[3], controller);
    if (fits) return mount{std::string(fields[3]), std::string(fields[4])};
  }
  return std::nullopt;
}

// proc(5), cgroup: "4:memory:/a/b" and, for version 2, "0::/a/b".
std::optional<std::string> group_of(const base::file_system& files, std::string_view controller) {
  const auto text = small_file(files, "/proc/self/cgroup");
  if (!text) return std::nullopt;
  for (const std::string_view line : split(*text, '\n')) {
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string_view::npos ? first : line.find(':', first + 1);
    if (second == std::string_view::npos) continue;
    const std::string_view controllers = line.substr(first + 1, second - first - 1);
    if (controller.empty() ? controllers.empty() : has_word(controllers, controller)) {
      return std::string(line.substr(second + 1));
    }
  }
  return std::nullopt;
}

// The folders of the process's group and of all above it, the group first. In a container the
// mount shows a part of the hierarchy only, or the container's own group as its root.
std::vector<std::string> folders_of(const base::file_system& files, std::string_view controller) {
  const auto where = find_mount(files, controller);
  auto group = group_of(files, controller);
  if (!where || !group) return {};
  if (where->root != "/") {
    *group = group->starts_with(where->root) ? group->substr(where->root.size()) : "";
  }
  if (group->find("..") != std::string::npos) group->clear();
  std::vector<std::string> folders;
  while (!group->empty() && *group != "/") {
    folders.push_back(where->point + *group);
    group->erase(std::min(group->rfind('/'), group->size()));
  }
  folders.push_back(where->point);
  return folders;
}

template <class Number>
void lower(std::optional<Number>& limit, std::optional<Number> other) {
  if (other && (!limit || *other < *limit)) limit = other;
}

// "200000 100000" or "max 100000"
std::optional<double> cpus_of_max(const std::optional<std::string>& text) {
  const auto quota = number_at_start<double>(text);
  if (!quota || text->find(' ') == std::string::npos) return std::nullopt;
  const auto period = number_at_start<double>(text->substr(text->find(' ') + 1));
  if (!period || *period <= 0 || *quota <= 0) return std::nullopt;
  return *quota / *period;
}

std::optional<double> cpus_of_quota(const std::optional<double>& quota_us,
                                    const std::optional<double>& period_us) {
  if (!quota_us || !period_us || *quota_us <= 0 || *period_us <= 0) return std::nullopt;
  return *quota_us / *period_us;
}

}  // namespace

cgroup_limits read_cgroup_limits(const base::file_system& files) {
  cgroup_limits out;
  const auto number = [&](const std::string& path) {
    return number_at_start<double>(small_file(files, path));
  };
  const auto bytes = [&](const std::string& path) {
    const auto limit = number_at_start<std::uint64_t>(small_file(files, path));
    return limit && *limit < no_memory_limit ? limit : std::nullopt;
  };
  for (const std::string& folder : folders_of(files, "")) {
    lower(out.cpus, cpus_of_max(small_file(files, folder + "/cpu.max")));
    lower(out.memory_bytes, bytes(folder + "/memory.max"));
  }
  for (const std::string& folder : folders_of(files, "cpu")) {
    lower(out.cpus, cpus_of_quota(number(folder + "/cpu.cfs_quota_us"),
                                  number(folder + "/cpu.cfs_period_us")));
  }
  for (const std::string& folder : folders_of(files, "memory")) {
    lower(out.memory_bytes, bytes(folder + "/memory.limit_in_bytes"));
  }
  return out;
}

}  // namespace nevaperf::measure
