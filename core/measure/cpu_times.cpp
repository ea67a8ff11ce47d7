#include "core/measure/cpu_times.hpp"

#include <algorithm>

#include "core/measure/proc_text.hpp"

namespace nevaperf::measure {

namespace {

// The columns of a CPU's line, behind its name.
enum column { user, nice, system_time, idle, io_wait, interrupts, soft_interrupts, steal, count };

void add_line(cpu_times& into, std::string_view line) {
  double ticks[count] = {};
  std::size_t place = 0;
  for (const std::string_view word : split(line, ' ')) {
    if (word.empty() || word.starts_with("cpu") || place >= count) continue;
    ticks[place++] = number_at_start<double>(std::string(word)).value_or(0);
  }
  into.busy +=
      ticks[user] + ticks[nice] + ticks[system_time] + ticks[interrupts] + ticks[soft_interrupts];
  into.idle += ticks[idle] + ticks[io_wait];
  into.stolen += ticks[steal];
}

}  // namespace

std::optional<cpu_times> read_cpu_times(const base::file_system& files,
                                        const std::vector<int>& cpus) {
  const auto text = small_file(files, "/proc/stat");
  if (!text) return std::nullopt;
  cpu_times out;
  bool found = false;
  for (const std::string_view line : split(*text, '\n')) {
    if (!line.starts_with("cpu")) break;
    const std::string name(line.substr(0, line.find(' ')));
    const auto number = number_at_start<int>(name.substr(3));
    const bool wanted = cpus.empty()
                            ? !number
                            : number && std::find(cpus.begin(), cpus.end(), *number) != cpus.end();
    if (!wanted) continue;
    add_line(out, line);
    found = true;
  }
  return found ? std::optional(out) : std::nullopt;
}

std::optional<double> stolen_share(const std::optional<cpu_times>& before,
                                   const std::optional<cpu_times>& after) {
  if (!before || !after) return std::nullopt;
  // The counters of a CPU that goes offline may fall.
  const double stolen = std::max(after->stolen - before->stolen, 0.0);
  const double wanted = std::max(after->busy - before->busy, 0.0) + stolen;
  return wanted > 0 ? std::optional(stolen / wanted) : std::nullopt;
}

}  // namespace nevaperf::measure
