#include "core/measure/machine.hpp"

#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <charconv>
#include <optional>
#include <string_view>

#include "core/measure/build_info.hpp"

namespace nevaperf::measure {

namespace {

constexpr std::uint64_t small_file_bytes = 1 << 20;

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '"'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<std::string> content(const base::file_system& files, const std::string& path) {
  auto text = files.read(path, small_file_bytes);
  if (!text || trimmed(*text).empty()) return std::nullopt;
  return std::string(trimmed(*text));
}

// What stands after the first line's `key` and `separator`: "model name  : Example CPU".
std::optional<std::string> entry(const std::optional<std::string>& text, std::string_view key,
                                 char separator) {
  std::string_view rest = text ? *text : std::string_view();
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
    const std::string_view line = rest.substr(0, end + 1);
    rest.remove_prefix(end + 1);
    const std::size_t middle = line.find(separator);
    if (middle == std::string_view::npos || trimmed(line.substr(0, middle)) != key) continue;
    return std::string(trimmed(line.substr(middle + 1)));
  }
  return std::nullopt;
}

template <class Number>
std::optional<Number> number_at_start(const std::optional<std::string>& text) {
  Number value{};
  if (!text) return std::nullopt;
  const auto parsed = std::from_chars(text->data(), text->data() + text->size(), value);
  return parsed.ec == std::errc() ? std::optional(value) : std::nullopt;
}

std::optional<bool> flag(const std::optional<std::string>& text, char on, char off) {
  if (text && text->front() == on) return true;
  if (text && text->front() == off) return false;
  return std::nullopt;
}

std::optional<std::string> virtualisation(const base::file_system& files,
                                          const std::optional<std::string>& cpuinfo) {
  if (files.exists("/.dockerenv")) return "docker";
  if (files.exists("/run/.containerenv")) return "podman";
  if (const auto container = content(files, "/run/systemd/container")) return container;
  const auto flags = entry(cpuinfo, "flags", ':');
  if (!flags) return std::nullopt;  // other processors do not say
  if ((" " + *flags + " ").find(" hypervisor ") == std::string::npos) return "none";
  const auto maker = content(files, "/sys/class/dmi/id/sys_vendor");
  return maker ? "virtual machine (" + *maker + ")" : "virtual machine";
}

void describe_cpu(const base::file_system& files, model::environment& into) {
  const auto cpuinfo = content(files, "/proc/cpuinfo");
  into.cpu_model = entry(cpuinfo, "model name", ':');
  into.virtualisation = virtualisation(files, cpuinfo);
  if (const std::size_t usable = usable_cpus().size(); usable > 0) {
    into.cores = static_cast<std::uint32_t>(usable);
  }
  const std::string cpu = "/sys/devices/system/cpu/";
  into.governor = content(files, cpu + "cpu0/cpufreq/scaling_governor");
  into.turbo = flag(content(files, cpu + "cpufreq/boost"), '1', '0');
  if (!into.turbo) into.turbo = flag(content(files, cpu + "intel_pstate/no_turbo"), '0', '1');
  into.smt = flag(content(files, cpu + "smt/active"), '1', '0');
}

}  // namespace

std::vector<int> usable_cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<int> cpus;
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(static_cast<std::size_t>(cpu), &set)) cpus.push_back(cpu);
  }
  return cpus;
}

model::environment describe_machine(const base::file_system& files) {
  model::environment out;
  describe_cpu(files, out);
  utsname system{};
  if (::uname(&system) == 0) {
    out.host = system.nodename;
    out.kernel = system.release;
  }
  if (const auto kib =
          number_at_start<std::uint64_t>(entry(content(files, "/proc/meminfo"), "MemTotal", ':'))) {
    out.memory_bytes = *kib * 1024;
  }
  out.os = entry(content(files, "/etc/os-release"), "PRETTY_NAME", '=');
  const auto randomized = content(files, "/proc/sys/kernel/randomize_va_space");
  if (randomized) out.aslr = *randomized != "0";
  out.load = number_at_start<double>(content(files, "/proc/loadavg"));
  describe_build(out);
  return out;
}

std::vector<model::warning> machine_doubts(const model::environment& where) {
  std::vector<model::warning> out;
  if (where.build_type == "Debug" || where.sanitizers) {
    out.push_back({.code = "debug-build",
                   .text = "this build is not meant for measuring (" +
                           where.sanitizers.value_or("Debug") + ")",
                   .next = "use the build of 'cmake --preset release'"});
  }
  // Below half of the CPUs the measured process still finds a free one.
  if (where.load && where.cores && *where.load > 0.5 * *where.cores) {
    std::string load = std::to_string(*where.load);
    load.resize(load.find('.') + 2);
    out.push_back({.code = "busy-machine",
                   .text = "other programs keep the machine busy (load " + load + " on " +
                           std::to_string(*where.cores) + " CPUs)",
                   .next = "close them and measure again"});
  }
  if (where.governor && *where.governor != "performance") {
    out.push_back({.code = "governor",
                   .text = "the CPU governor '" + *where.governor + "' changes the clock",
                   .next = "cpupower frequency-set --governor performance"});
  }
  if (where.turbo.value_or(false)) {
    out.push_back({.code = "turbo",
                   .text = "the CPU's clock rises and falls with its heat (turbo)",
                   .next = "switch it off in the firmware or under /sys/devices/system/cpu"});
  }
  return out;
}

}  // namespace nevaperf::measure
