#include "core/measure/machine.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/memory_files.hpp"

using namespace nevaperf;

namespace {

using file_map = std::map<std::string, std::string>;

model::environment describe(file_map files) {
  tests::memory_files disk;
  disk.files = std::move(files);
  return measure::describe_machine(disk);
}

}  // namespace

TEST_CASE("a machine of its own with an Intel CPU") {
  const model::environment got = describe({
      {"/proc/cpuinfo",
       "processor\t: 0\nmodel name\t: Example CPU @ 3.00GHz\ncpu MHz\t\t: 800.012\n"
       "flags\t\t: fpu sse\n\nprocessor\t: 1\nmodel name\t: Other\n"},
      {"/proc/meminfo", "MemTotal:       16000 kB\nMemFree: 1 kB\n"},
      {"/proc/loadavg", "1.25 0.50 0.10 1/100 4711\n"},
      {"/proc/sys/kernel/randomize_va_space", "2\n"},
      {"/proc/sys/kernel/hostname", "tower\n"},
      {"/proc/sys/kernel/osrelease", "6.1.0-18-amd64\n"},
      {"/proc/self/status", "Name:\tx\nCpus_allowed:\tf\nCpus_allowed_list:\t4-6,9\n"},
      {"/proc/self/cgroup", "0::/user.slice/session-1.scope\n"},
      {"/etc/os-release", "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"},
      {"/sys/devices/system/cpu/online", "0-15\n"},
      {"/sys/devices/system/cpu/cpu4/cpufreq/scaling_governor", "powersave\n"},
      {"/sys/devices/system/cpu/cpu4/cpufreq/scaling_cur_freq", "2100000\n"},
      {"/sys/devices/system/cpu/cpu4/cpufreq/cpuinfo_max_freq", "3000000\n"},
      {"/sys/devices/system/cpu/cpu4/cache/index0/level", "1\n"},
      {"/sys/devices/system/cpu/cpu4/cache/index0/type", "Data\n"},
      {"/sys/devices/system/cpu/cpu4/cache/index0/size", "32K\n"},
      {"/sys/devices/system/cpu/cpu4/cache/index3/level", "3\n"},
      {"/sys/devices/system/cpu/cpu4/cache/index3/type", "Unified\n"},
      {"/sys/devices/system/cpu/cpu4/cache/index3/size", "8192K\n"},
      {"/sys/devices/system/cpu/intel_pstate/no_turbo", "0\n"},
      {"/sys/devices/system/cpu/smt/active", "1\n"},
      {"/sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n"},
      {"/sys/class/dmi/id/sys_vendor", "Example Computers\n"},
      {"/sys/class/dmi/id/product_name", "Tower 1\n"},
  });
  CHECK(got.host == "tower");
  CHECK(got.kernel == "6.1.0-18-amd64");
  CHECK(got.os == "Debian GNU/Linux 12 (bookworm)");
  CHECK(got.cpu_model == "Example CPU @ 3.00GHz");
  CHECK(got.cpus == 16U);
  CHECK(got.allowed_cpus == "4-6,9");
  CHECK(got.cores == 4U);
  CHECK(got.frequency_hz == 2'100'000'000U);
  CHECK(got.max_frequency_hz == 3'000'000'000U);
  CHECK(got.caches == "L1d 32.0 KiB, L3 8.0 MiB");
  CHECK(got.governor == "powersave");
  CHECK(got.turbo == true);
  CHECK(got.smt == true);
  CHECK(got.virtualisation == "none");
  CHECK(got.memory_bytes == 16'384'000U);
  CHECK(got.huge_pages == "madvise");
  CHECK(got.load == 1.25);
  CHECK(got.aslr == true);
  CHECK_FALSE(got.cpu_limit);
  CHECK_FALSE(got.memory_limit_bytes);
  CHECK_FALSE(got.steal);
  CHECK(got.compiler.has_value());
  CHECK(got.allocator.has_value());
}

TEST_CASE("an AMD CPU tells of its turbo elsewhere, and without cpufreq of its clock in cpuinfo") {
  const model::environment global = describe({
      {"/proc/cpuinfo", "model name\t: AMD Example\ncpu MHz\t\t: 2445.5\nflags\t: fpu\n"},
      {"/sys/devices/system/cpu/cpufreq/boost", "1\n"},
  });
  CHECK(global.turbo == true);
  CHECK(global.frequency_hz == 2'445'500'000U);
  const model::environment own = describe({{"/sys/devices/system/cpu/cpu0/cpufreq/boost", "0\n"}});
  CHECK(own.turbo == false);
}

TEST_CASE("an ARM CPU has no model name") {
  const auto arm = [](const char* part) {
    return describe({{"/proc/cpuinfo",
                      "processor\t: 0\nBogoMIPS\t: 243.75\nFeatures\t: fp asimd\n"
                      "CPU implementer\t: 0x41\nCPU variant\t: 0x3\n"
                      "CPU part\t: " +
                          std::string(part) + "\n"}});
  };
  CHECK(arm("0xd0c").cpu_model == "ARM Neoverse-N1");
  CHECK(arm("0xfff").cpu_model == "ARM implementer 0x41 part 0xfff");
  CHECK_FALSE(arm("0xd0c").virtualisation);  // nothing tells
  CHECK(describe({{"/proc/cpuinfo", "processor: 0\nuarch\t: sifive,u74-mc\n"}}).cpu_model ==
        "sifive,u74-mc");
}

TEST_CASE("virtual machines, by what the CPU and the firmware tell") {
  const file_map flagged = {{"/proc/cpuinfo", "flags\t\t: fpu hypervisor sse\n"}};
  CHECK(describe(flagged).virtualisation == "virtual machine");
  file_map named = flagged;
  named["/sys/class/dmi/id/sys_vendor"] = "Example Clouds\n";
  CHECK(describe(named).virtualisation == "virtual machine (Example Clouds)");
  named["/sys/class/dmi/id/product_name"] = "Standard PC (Q35 + ICH9, 2009) QEMU\n";
  CHECK(describe(named).virtualisation == "virtual machine (QEMU)");
  // ARM: no flag.
  CHECK(describe({{"/sys/class/dmi/id/product_name", "VMware20,1\n"}}).virtualisation ==
        "virtual machine (VMware)");
  CHECK(describe({{"/sys/hypervisor/type", "xen\n"}}).virtualisation == "virtual machine (xen)");
}

TEST_CASE("containers") {
  CHECK(describe({{"/.dockerenv", ""}}).virtualisation == "docker");
  CHECK(describe({{"/run/.containerenv", ""}, {"/proc/cpuinfo", "flags\t: hypervisor\n"}})
            .virtualisation == "podman in a virtual machine");
  CHECK(describe({{"/run/systemd/container", "systemd-nspawn\n"}}).virtualisation ==
        "systemd-nspawn");
  CHECK(describe({{"/proc/self/cgroup", "0::/kubepods/besteffort/pod1/abc\n"}}).virtualisation ==
        "kubernetes");
  CHECK_FALSE(
      describe({{"/proc/self/cgroup", "0::/system.slice/docker.service\n"}}).virtualisation);
}

TEST_CASE("limits of control groups, version 2: the tightest on the way to the root") {
  const model::environment got = describe({
      {"/proc/self/cgroup", "0::/a/b\n"},
      {"/proc/self/mountinfo",
       "22 27 0:21 / /proc rw - proc proc rw\n"
       "35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"},
      {"/sys/fs/cgroup/a/b/cpu.max", "max 100000\n"},
      {"/sys/fs/cgroup/a/cpu.max", "150000 100000\n"},
      {"/sys/fs/cgroup/a/b/memory.max", "1000000\n"},
      {"/sys/fs/cgroup/a/memory.max", "max\n"},
  });
  CHECK(got.cpu_limit == 1.5);
  CHECK(got.memory_limit_bytes == 1'000'000U);
}

TEST_CASE("limits of control groups, version 1, in a container that sees its own group as root") {
  const model::environment got = describe({
      {"/proc/self/cgroup", "5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n0::/\n"},
      {"/proc/self/mountinfo",
       "30 23 0:26 /docker/abc /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct\n"
       "31 23 0:27 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n"},
      {"/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "50000\n"},
      {"/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n"},
      {"/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n"},
  });
  CHECK(got.cpu_limit == 0.5);
  CHECK_FALSE(got.memory_limit_bytes);  // the number that stands for none
  CHECK_FALSE(describe({{"/proc/self/cgroup", "4:cpu:/\n"},
                        {"/proc/self/mountinfo", "30 23 0:26 / /c rw - cgroup cgroup rw,cpu\n"},
                        {"/c/cpu.cfs_quota_us", "-1\n"},
                        {"/c/cpu.cfs_period_us", "100000\n"}})
                  .cpu_limit);
}

TEST_CASE("what is not told is absent, what is broken too") {
  const model::environment got = describe({
      {"/proc/cpuinfo", "nonsense"},
      {"/proc/meminfo", "MemTotal:  many kB"},
      {"/proc/loadavg", ""},
      {"/proc/self/status", "Cpus_allowed_list:\t3-1\n"},
      {"/proc/self/cgroup", "::\n:\n0::/..\n"},
      {"/proc/self/mountinfo", "- - -\n1 2 3 / /g rw - cgroup2 x rw\n"},
      {"/g/cpu.max", "5"},
      {"/sys/devices/system/cpu/online", "0-"},
      {"/sys/devices/system/cpu/smt/active", "?"},
      {"/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "<unknown>"},
      {"/sys/devices/system/cpu/cpu0/cache/index0/size", "K"},
      {"/sys/kernel/mm/transparent_hugepage/enabled", "]["},
      {"/proc/sys/kernel/randomize_va_space", "0"},
  });
  model::environment expected;
  expected.aslr = false;
  expected.allowed_cpus = "3-1";
  expected.compiler = got.compiler;
  expected.build_type = got.build_type;
  expected.build_flags = got.build_flags;
  expected.sanitizers = got.sanitizers;
  expected.allocator = got.allocator;
  expected.commit = got.commit;
  CHECK(got == expected);
}

TEST_CASE("this machine tells something") {
  const model::environment got = measure::describe_machine(base::real_files());
  CHECK(got.cores == measure::usable_cpus().size());
  CHECK(got.kernel.has_value());
  CHECK(got.memory_bytes.value_or(0) > 0);
}
