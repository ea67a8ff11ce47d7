#include "core/measure/machine.hpp"

#include <sched.h>

#include <string>

#include "core/measure/build_info.hpp"
#include "core/measure/cgroup_limits.hpp"
#include "core/measure/cpu_description.hpp"
#include "core/measure/proc_text.hpp"
#include "core/measure/virtualisation.hpp"

namespace nevaperf::measure {

namespace {

// "always [madvise] never"
std::optional<std::string> chosen_word(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const std::size_t start = text->find('[');
  const std::size_t end = text->find(']');
  if (start == std::string::npos || end == std::string::npos || end < start) return std::nullopt;
  return text->substr(start + 1, end - start - 1);
}

void describe_memory(const base::file_system& files, model::environment& into) {
  const auto kib =
      number_at_start<std::uint64_t>(entry_of(small_file(files, "/proc/meminfo"), "MemTotal"));
  if (kib) into.memory_bytes = *kib * 1024;
  into.huge_pages = chosen_word(small_file(files, "/sys/kernel/mm/transparent_hugepage/enabled"));
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
  describe_memory(files, out);
  const cgroup_limits limits = read_cgroup_limits(files);
  out.cpu_limit = limits.cpus;
  out.memory_limit_bytes = limits.memory_bytes;
  out.virtualisation = describe_virtualisation(files);
  out.host = small_file(files, "/proc/sys/kernel/hostname");
  out.kernel = small_file(files, "/proc/sys/kernel/osrelease");
  out.os = entry_of(small_file(files, "/etc/os-release"), "PRETTY_NAME", '=');
  const auto randomized = small_file(files, "/proc/sys/kernel/randomize_va_space");
  if (randomized) out.aslr = *randomized != "0";
  out.load = number_at_start<double>(small_file(files, "/proc/loadavg"));
  describe_build(out);
  return out;
}

}  // namespace nevaperf::measure
