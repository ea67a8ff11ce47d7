#include "core/measure/disturbance.hpp"

#include <algorithm>
#include <utility>

#include "core/units/format.hpp"

namespace nevaperf::measure {

namespace {

using level = disturbance::level;

// From these shares on other machines' work is a doubt, and then trouble.
constexpr double much_steal = 0.01;
constexpr double too_much_steal = 0.05;

std::string cpus_text(double count) {
  return units::format_count(count) + (count == 1 ? " CPU" : " CPUs");
}

void look_at_build(const model::environment& where, std::vector<disturbance>& out) {
  if (where.build_type == "Debug" || where.sanitizers) {
    out.push_back(
        {level::problem, "debug-build",
         "this build is not meant for measuring (" + where.sanitizers.value_or("Debug") + ")",
         "unoptimised code spends its time elsewhere, often several times as much",
         "use the build of 'cmake --preset release'"});
  }
  if (where.commit && where.commit->ends_with("+dirty")) {
    out.push_back(
        {level::note, "dirty-commit", "the source of this build has changes that are not committed",
         "nobody can build this program again to check a result", "git commit, then build again"});
  }
}

void look_at_load(const model::environment& where, std::vector<disturbance>& out) {
  // Below half of the CPUs the measured process still finds a free one.
  if (where.load && where.cores && *where.load > 0.5 * *where.cores) {
    out.push_back({*where.load > *where.cores ? level::problem : level::warning, "busy-machine",
                   "other programs keep the machine busy (load " +
                       units::format_count(*where.load) + " on " + cpus_text(*where.cores) + ")",
                   "identical code, measured one after the other under load, has differed by 16%",
                   "close them and measure again; this shows them: ps -eo pcpu,args --sort=-pcpu"});
  }
  if (where.steal && *where.steal >= much_steal) {
    out.push_back({*where.steal >= too_much_steal ? level::problem : level::warning, "stolen-time",
                   "other virtual machines took " + units::format_percent(*where.steal) +
                       " of the CPU time (steal)",
                   "the host stops this machine in the middle of a slice",
                   "measure at another time or on a machine of your own; nevaperf compare builds "
                   "pairs the two sides"});
  }
}

void look_at_clock(const model::environment& where, std::vector<disturbance>& out) {
  if (where.governor && *where.governor != "performance") {
    out.push_back({level::warning, "governor",
                   "the CPU governor '" + *where.governor + "' changes the clock",
                   "a short slice runs at whatever clock the last load left behind",
                   "cpupower frequency-set --governor performance"});
  }
  if (where.turbo.value_or(false)) {
    out.push_back({level::warning, "turbo", "the CPU's clock rises and falls with its heat (turbo)",
                   "the first seconds of a run are faster than the rest",
                   "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo, or echo 0 > "
                   "/sys/devices/system/cpu/cpufreq/boost"});
  }
}

void look_at_limits(const model::environment& where, std::vector<disturbance>& out) {
  if (where.cpu_limit && (!where.cores || *where.cpu_limit < *where.cores)) {
    out.push_back({level::warning, "cpu-limit",
                   "the control group allows " + cpus_text(*where.cpu_limit) + " of time" +
                       (where.cores ? " on " + cpus_text(*where.cores) : ""),
                   "who has used up its share stands still for the rest of the period, mostly "
                   "100 ms",
                   "give the container whole CPUs instead: docker run --cpuset-cpus=0,1"});
  }
  if (where.memory_limit_bytes &&
      (!where.memory_bytes || *where.memory_limit_bytes < *where.memory_bytes)) {
    out.push_back({level::note, "memory-limit",
                   "the control group allows " +
                       units::format_bytes(static_cast<double>(*where.memory_limit_bytes)) +
                       " of memory",
                   "near the limit the kernel takes pages back, which costs time",
                   "raise it if a scenario's peak memory comes near: docker run --memory=8g"});
  }
  if (where.cores == 1U) {
    out.push_back({level::note, "one-cpu", "this process may use one CPU alone",
                   "the measured process and all else take turns on it",
                   "allow it more: taskset --cpu-list 0-3 nevaperf ..."});
  }
}

void look_at_machine(const model::environment& where, std::vector<disturbance>& out) {
  if (where.virtualisation && *where.virtualisation != "none") {
    out.push_back({level::note, "virtual",
                   "this is no machine of its own: " + *where.virtualisation,
                   "neighbours share its caches and its clock; the ratio of two builds is safer "
                   "than two times",
                   "compare builds in pairs: nevaperf compare builds OLD NEW"});
  }
  if (where.smt.value_or(false)) {
    out.push_back({level::note, "smt", "two hardware threads share a core (SMT)",
                   "a busy neighbour thread can take half of a core's speed",
                   "echo off > /sys/devices/system/cpu/smt/control"});
  }
  if (where.aslr == false) {
    out.push_back({level::note, "no-aslr", "addresses are not randomised (ASLR is off)",
                   "every process then has the same luck with its layout, good or bad",
                   "sysctl kernel.randomize_va_space=2"});
  }
  if (where.huge_pages == "always") {
    out.push_back({level::note, "huge-pages", "transparent huge pages are given to all programs",
                   "whether a process gets them depends on the memory that is free just then",
                   "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled"});
  }
}

}  // namespace

const char* to_text(disturbance::level how) {
  switch (how) {
    case level::note:
      return "note";
    case level::warning:
      return "warning";
    case level::problem:
      return "problem";
  }
  return "";
}

std::vector<disturbance> find_disturbances(const model::environment& where) {
  std::vector<disturbance> out;
  look_at_build(where, out);
  look_at_load(where, out);
  look_at_clock(where, out);
  look_at_limits(where, out);
  look_at_machine(where, out);
  std::stable_sort(out.begin(), out.end(), [](const disturbance& one, const disturbance& other) {
    return one.how > other.how;
  });
  return out;
}

std::vector<model::warning> machine_doubts(const model::environment& where) {
  std::vector<model::warning> out;
  for (disturbance& one : find_disturbances(where)) {
    if (one.how == level::note) continue;
    out.push_back(
        {.code = std::move(one.code), .text = std::move(one.what), .next = std::move(one.fix)});
  }
  return out;
}

}  // namespace nevaperf::measure
