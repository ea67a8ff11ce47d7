// Where and how a run was measured: what must be equal for two runs to be comparable.
//
// Every field is optional: what could not be found out is absent, never guessed.
// Thread safety: values; share nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace nevaperf::model {

struct environment {
  // the machine
  std::optional<std::string> host;
  std::optional<std::string> cpu_model;
  std::optional<std::uint32_t> cpus;          // of the machine, hardware threads
  std::optional<std::uint32_t> cores;         // CPUs that this process may use
  std::optional<std::string> allowed_cpus;    // which: "0-3,8"
  std::optional<double> cpu_limit;            // of the control group, in CPUs: 1.5
  std::optional<std::uint64_t> frequency_hz;  // of one CPU at the start
  std::optional<std::uint64_t> max_frequency_hz;
  std::optional<std::string> caches;  // "L1d 32.0 KiB, L2 512.0 KiB"
  std::optional<std::uint64_t> memory_bytes;
  std::optional<std::uint64_t> memory_limit_bytes;  // of the control group
  std::optional<std::string> governor;              // "performance", "powersave"
  std::optional<bool> turbo;
  std::optional<bool> smt;                    // two hardware threads a core
  std::optional<std::string> virtualisation;  // "none", "virtual machine (QEMU)", "docker"
  // the system
  std::optional<std::string> os;      // "Debian GNU/Linux 12 (bookworm)"
  std::optional<std::string> kernel;  // "6.1.0-18-amd64"
  std::optional<bool> aslr;
  std::optional<std::string> huge_pages;  // transparent ones: "always", "madvise", "never"
  std::optional<double> load;             // one-minute average at the start
  std::optional<double> steal;  // share of the CPU time that other machines took during the run
  // the build that was measured
  std::optional<std::string> compiler;     // "g++ 12.2.0"
  std::optional<std::string> build_type;   // "RelWithDebInfo"
  std::optional<std::string> build_flags;  // "-O2 -g1 -DNDEBUG"
  std::optional<std::string> sanitizers;   // "address,undefined"
  std::optional<std::string> allocator;    // "glibc 2.36", "tcmalloc"
  std::optional<std::string> commit;  // of the measured source, with "+dirty" if it was changed

  friend bool operator==(const environment&, const environment&) = default;
};

// Calls visit(name, value, other_value) for every field of two environments: the one list of the
// fields, for readers, writers and comparison. `name` is the spelling in files.
template <class Environment, class Other, class Visitor>
void for_each_field(Environment& one, Other& other, Visitor&& visit) {
  visit("host", one.host, other.host);
  visit("cpu_model", one.cpu_model, other.cpu_model);
  visit("cpus", one.cpus, other.cpus);
  visit("cores", one.cores, other.cores);
  visit("allowed_cpus", one.allowed_cpus, other.allowed_cpus);
  visit("cpu_limit", one.cpu_limit, other.cpu_limit);
  visit("frequency_hz", one.frequency_hz, other.frequency_hz);
  visit("max_frequency_hz", one.max_frequency_hz, other.max_frequency_hz);
  visit("caches", one.caches, other.caches);
  visit("memory_bytes", one.memory_bytes, other.memory_bytes);
  visit("memory_limit_bytes", one.memory_limit_bytes, other.memory_limit_bytes);
  visit("governor", one.governor, other.governor);
  visit("turbo", one.turbo, other.turbo);
  visit("smt", one.smt, other.smt);
  visit("virtualisation", one.virtualisation, other.virtualisation);
  visit("os", one.os, other.os);
  visit("kernel", one.kernel, other.kernel);
  visit("aslr", one.aslr, other.aslr);
  visit("huge_pages", one.huge_pages, other.huge_pages);
  visit("load", one.load, other.load);
  visit("steal", one.steal, other.steal);
  visit("compiler", one.compiler, other.compiler);
  visit("build_type", one.build_type, other.build_type);
  visit("build_flags", one.build_flags, other.build_flags);
  visit("sanitizers", one.sanitizers, other.sanitizers);
  visit("allocator", one.allocator, other.allocator);
  visit("commit", one.commit, other.commit);
}

// Without what changes by itself from minute to minute.
[[nodiscard]] inline environment lasting_part(environment from) {
  from.load.reset();
  from.steal.reset();
  from.frequency_hz.reset();
  return from;
}

}  // namespace nevaperf::model
