#include "core/measure/machine.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/memory_files.hpp"

using namespace nevaperf;

namespace {

bool has_code(const std::vector<model::warning>& warnings, const std::string& code) {
  return std::any_of(warnings.begin(), warnings.end(),
                     [&](const model::warning& one) { return one.code == code; });
}

}  // namespace

TEST_CASE("the machine as /proc and /sys tell it") {
  tests::memory_files files;
  files.files = {
      {"/proc/cpuinfo",
       "processor\t: 0\nmodel name\t: Example CPU @ 3.00GHz\nflags\t\t: fpu hypervisor sse\n\n"
       "processor\t: 1\nmodel name\t: Other\n"},
      {"/proc/meminfo", "MemTotal:       16000 kB\nMemFree: 1 kB\n"},
      {"/proc/loadavg", "1.25 0.50 0.10 1/100 4711\n"},
      {"/proc/sys/kernel/randomize_va_space", "2\n"},
      {"/etc/os-release", "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"},
      {"/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n"},
      {"/sys/devices/system/cpu/intel_pstate/no_turbo", "0\n"},
      {"/sys/devices/system/cpu/smt/active", "0\n"},
      {"/sys/class/dmi/id/sys_vendor", "Example Clouds\n"},
  };
  const model::environment got = measure::describe_machine(files);
  CHECK(got.cpu_model == "Example CPU @ 3.00GHz");
  CHECK(got.virtualisation == "virtual machine (Example Clouds)");
  CHECK(got.memory_bytes == 16'384'000U);
  CHECK(got.load == 1.25);
  CHECK(got.aslr == true);
  CHECK(got.os == "Debian GNU/Linux 12 (bookworm)");
  CHECK(got.governor == "powersave");
  CHECK(got.turbo == true);
  CHECK(got.smt == false);
  CHECK(got.cores == measure::usable_cpus().size());
  CHECK(got.compiler.has_value());
  CHECK(got.allocator.has_value());
}

TEST_CASE("what is not told is absent, what is broken too") {
  tests::memory_files files;
  files.files = {{"/proc/cpuinfo", "nonsense"},
                 {"/proc/meminfo", "MemTotal:  many kB"},
                 {"/proc/loadavg", ""},
                 {"/sys/devices/system/cpu/smt/active", "?"},
                 {"/proc/sys/kernel/randomize_va_space", "0"}};
  const model::environment got = measure::describe_machine(files);
  CHECK_FALSE(got.cpu_model);
  CHECK_FALSE(got.virtualisation);
  CHECK_FALSE(got.memory_bytes);
  CHECK_FALSE(got.load);
  CHECK_FALSE(got.os);
  CHECK_FALSE(got.governor);
  CHECK_FALSE(got.turbo);
  CHECK_FALSE(got.smt);
  CHECK(got.aslr == false);
}

TEST_CASE("doubts about a machine, each with a next step") {
  model::environment quiet;
  quiet.build_type = "RelWithDebInfo";
  quiet.load = 0.3;
  quiet.cores = 2;
  quiet.governor = "performance";
  quiet.turbo = false;
  CHECK(measure::machine_doubts(quiet).empty());
  CHECK(measure::machine_doubts({}).empty());

  model::environment loud;
  loud.build_type = "Debug";
  loud.load = 1.5;
  loud.cores = 2;
  loud.governor = "powersave";
  loud.turbo = true;
  const auto doubts = measure::machine_doubts(loud);
  for (const char* code : {"debug-build", "busy-machine", "governor", "turbo"}) {
    CHECK(has_code(doubts, code));
  }
  for (const model::warning& one : doubts) CHECK_FALSE(one.next.empty());
}
