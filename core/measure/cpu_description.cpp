#include "core/measure/cpu_description.hpp"

#include <array>
#include <string_view>

#include "core/measure/proc_text.hpp"
#include "core/units/format.hpp"

namespace nevaperf::measure {

namespace {

const std::string cpu_folder = "/sys/devices/system/cpu/";

struct arm_core {
  std::string_view implementer;
  std::string_view part;
  const char* name;
};

// ARM processors tell their numbers alone (Arm: Main ID Register, Implementer and PartNum).
constexpr std::array arm_cores = {
    arm_core{"0x41", "0xd03", "ARM Cortex-A53"},    arm_core{"0x41", "0xd05", "ARM Cortex-A55"},
    arm_core{"0x41", "0xd07", "ARM Cortex-A57"},    arm_core{"0x41", "0xd08", "ARM Cortex-A72"},
    arm_core{"0x41", "0xd0b", "ARM Cortex-A76"},    arm_core{"0x41", "0xd0c", "ARM Neoverse-N1"},
    arm_core{"0x41", "0xd40", "ARM Neoverse-V1"},   arm_core{"0x41", "0xd49", "ARM Neoverse-N2"},
    arm_core{"0x41", "0xd4f", "ARM Neoverse-V2"},   arm_core{"0xc0", "0xac3", "Ampere-1"},
    arm_core{"0x48", "0xd01", "HiSilicon TaiShan"}, arm_core{"0x61", "0x022", "Apple M1"},
    arm_core{"0x61", "0x023", "Apple M1"},
};

std::optional<std::string> arm_model(const std::optional<std::string>& cpuinfo) {
  const auto implementer = entry_of(cpuinfo, "CPU implementer");
  const auto part = entry_of(cpuinfo, "CPU part");
  if (!implementer || !part) return std::nullopt;
  for (const arm_core& one : arm_cores) {
    if (one.implementer == *implementer && one.part == *part) return one.name;
  }
  return "ARM implementer " + *implementer + " part " + *part;
}

std::optional<std::string> cpu_model(const std::optional<std::string>& cpuinfo) {
  if (auto name = entry_of(cpuinfo, "model name")) return name;  // x86, some others
  if (auto name = arm_model(cpuinfo)) return name;
  for (const char* key :
       {"cpu model", "uarch", "cpu", "Hardware"}) {  // MIPS, RISC-V, POWER, old ARM
    if (auto name = entry_of(cpuinfo, key)) return name;
  }
  return std::nullopt;
}

std::optional<bool> flag(const std::optional<std::string>& text, char on, char off) {
  if (text && text->front() == on) return true;
  if (text && text->front() == off) return false;
  return std::nullopt;
}

std::optional<std::uint64_t> hertz_of_file(const base::file_system& files,
                                           const std::string& path) {
  const auto kilohertz = number_at_start<std::uint64_t>(small_file(files, path));
  return kilohertz && *kilohertz > 0 ? std::optional(*kilohertz * 1000) : std::nullopt;
}

std::optional<std::uint64_t> hertz_of_cpuinfo(const std::optional<std::string>& cpuinfo) {
  const auto megahertz = number_at_start<double>(entry_of(cpuinfo, "cpu MHz"));
  if (!megahertz || *megahertz <= 0 || *megahertz > 1e6) return std::nullopt;
  return static_cast<std::uint64_t>(*megahertz * 1e6);
}

// "32K", "8192K", "1M"
std::optional<double> cache_bytes(const std::optional<std::string>& size) {
  const auto number = number_at_start<double>(size);
  if (!number) return std::nullopt;
  const double scale = size->back() == 'M' ? 1 << 20 : size->back() == 'K' ? 1 << 10 : 1;
  return *number * scale;
}

// "L1d 32.0 KiB, L1i 32.0 KiB, L2 512.0 KiB"
std::optional<std::string> caches(const base::file_system& files, const std::string& cpu) {
  constexpr int most_caches = 16;
  std::string out;
  for (int i = 0; i < most_caches; ++i) {
    const std::string folder = cpu + "/cache/index" + std::to_string(i);
    const auto level = small_file(files, folder + "/level");
    const auto bytes = cache_bytes(small_file(files, folder + "/size"));
    if (!level || !bytes) continue;
    const std::string kind = small_file(files, folder + "/type").value_or("");
    const char* letter = kind == "Data" ? "d" : kind == "Instruction" ? "i" : "";
    out += (out.empty() ? "L" : ", L") + *level + letter + " " + units::format_bytes(*bytes);
  }
  return out.empty() ? std::nullopt : std::optional(out);
}

}  // namespace

void describe_cpu(const base::file_system& files, model::environment& into) {
  const auto cpuinfo = small_file(files, "/proc/cpuinfo");
  into.cpu_model = cpu_model(cpuinfo);
  const auto online = cpu_list(small_file(files, cpu_folder + "online"));
  if (online) into.cpus = static_cast<std::uint32_t>(online->size());
  into.allowed_cpus = entry_of(small_file(files, "/proc/self/status"), "Cpus_allowed_list");
  const auto allowed = cpu_list(into.allowed_cpus);
  if (allowed) into.cores = static_cast<std::uint32_t>(allowed->size());

  // The first CPU may be offline or another's; where the CPUs differ this one is measured on.
  const int number = allowed && !allowed->empty() ? allowed->front() : 0;
  const std::string cpu = cpu_folder + "cpu" + std::to_string(number);
  into.governor = small_file(files, cpu + "/cpufreq/scaling_governor");
  into.frequency_hz = hertz_of_file(files, cpu + "/cpufreq/scaling_cur_freq");
  if (!into.frequency_hz) into.frequency_hz = hertz_of_cpuinfo(cpuinfo);
  into.max_frequency_hz = hertz_of_file(files, cpu + "/cpufreq/cpuinfo_max_freq");
  into.caches = caches(files, cpu);
  into.turbo = flag(small_file(files, cpu_folder + "intel_pstate/no_turbo"), '0', '1');
  for (const std::string& boost : {cpu_folder + "cpufreq/boost", cpu + "/cpufreq/boost"}) {
    if (!into.turbo) into.turbo = flag(small_file(files, boost), '1', '0');
  }
  into.smt = flag(small_file(files, cpu_folder + "smt/active"), '1', '0');
}

}  // namespace nevaperf::measure
