#include "core/measure/virtualisation.hpp"

#include <array>
#include <string_view>

#include "core/measure/proc_text.hpp"

namespace nevaperf::measure {

namespace {

struct maker {
  std::string_view text;  // a part of what the firmware says
  const char* name;
};

// Of the virtual machines whose processors do not tell by a flag (ARM), and for a short name.
constexpr std::array makers = {
    maker{"QEMU", "QEMU"},
    maker{"KVM", "KVM"},
    maker{"VMware", "VMware"},
    maker{"innotek", "VirtualBox"},
    maker{"VirtualBox", "VirtualBox"},
    maker{"Xen", "Xen"},
    maker{"Virtual Machine", "Hyper-V"},
    maker{"Google Compute Engine", "Google Compute Engine"},
    maker{"Amazon EC2", "Amazon EC2"},
    maker{"OpenStack", "OpenStack"},
    maker{"Parallels", "Parallels"},
    maker{"Bochs", "Bochs"},
    maker{"DigitalOcean", "DigitalOcean"},
    maker{"Apple Virtualization", "Apple Virtualization"},
};

// Of the groups that container managers put their processes into.
constexpr std::array container_groups = {
    maker{"/kubepods", "kubernetes"}, maker{"/docker/", "docker"}, maker{"/docker-", "docker"},
    maker{"/libpod-", "podman"},      maker{"/lxc/", "lxc"},       maker{"/lxc.payload", "lxc"},
};

std::optional<std::string> container(const base::file_system& files) {
  if (files.exists("/.dockerenv")) return "docker";
  if (files.exists("/run/.containerenv")) return "podman";
  if (auto name = small_file(files, "/run/systemd/container")) return name;
  const auto groups = small_file(files, "/proc/self/cgroup");
  if (!groups) return std::nullopt;
  for (const maker& one : container_groups) {
    if (groups->find(one.text) != std::string::npos) return one.name;
  }
  return std::nullopt;
}

bool has_hypervisor_flag(const base::file_system& files) {
  const auto flags = entry_of(small_file(files, "/proc/cpuinfo"), "flags");
  return flags && (" " + *flags + " ").find(" hypervisor ") != std::string::npos;
}

// What the firmware or the kernel calls the machine below.
std::optional<std::string> hypervisor(const base::file_system& files) {
  std::string told;
  for (const char* path : {"/sys/class/dmi/id/product_name", "/sys/class/dmi/id/sys_vendor",
                           "/sys/class/dmi/id/bios_vendor", "/sys/class/dmi/id/board_vendor"}) {
    told += small_file(files, path).value_or("") + "\n";
  }
  for (const maker& one : makers) {
    if (told.find(one.text) != std::string::npos) return one.name;
  }
  if (auto type = small_file(files, "/sys/hypervisor/type")) return type;
  if (auto type = small_file(files, "/proc/device-tree/hypervisor/compatible")) return type;
  if (!has_hypervisor_flag(files)) return std::nullopt;
  return small_file(files, "/sys/class/dmi/id/sys_vendor").value_or("");
}

// An x86 processor without the flag is a real one; of others only the firmware may tell.
bool would_tell(const base::file_system& files) {
  return entry_of(small_file(files, "/proc/cpuinfo"), "flags").has_value() ||
         small_file(files, "/sys/class/dmi/id/sys_vendor").has_value();
}

}  // namespace

std::optional<std::string> describe_virtualisation(const base::file_system& files) {
  const auto below = hypervisor(files);
  const auto inside = container(files);
  std::string machine;
  if (below) machine = "virtual machine" + (below->empty() ? "" : " (" + *below + ")");
  if (inside) return *inside + (below ? " in a " + machine : "");
  if (below) return machine;
  return would_tell(files) ? std::optional<std::string>("none") : std::nullopt;
}

}  // namespace nevaperf::measure
