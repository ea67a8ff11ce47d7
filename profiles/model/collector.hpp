// A kind of profile, on its two sides: in the process that is profiled, and in the one that asked.
//
//   asks:       kind.needs(plan)        what the process must find when it starts
//   profiled:   kind.collect(plan)      a scenario's worker: start(), work, stop()
//               (a preloaded library)   any other program: from its start to its end
//   asks:       kind.read(plan)         what lies in plan.folder, as a profile with addresses
//
// The two talk by files in `folder` alone, so that a process that crashes leaves what it had
// gathered; a program that forks or executes others leaves files of several processes. Names are
// added by the asking side (profiles/symbols).
//
// Thread safety: owner only. Units: in the names.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/model/warning.hpp"
#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

struct collection_plan {
  std::string folder;            // exists, is empty at first, absolute
  std::string libraries;         // the folder of the libraries to preload
  std::int64_t rate_hz = 0;      // of CPU samples
  std::int64_t alloc_bytes = 0;  // mean distance of two allocation samples
  bool is_scenario = false;      // false: another program, profiled from its start to its end
};

struct launch_needs {
  std::vector<std::string> preload;  // libraries for LD_PRELOAD, in this order
  std::vector<std::pair<std::string, std::string>> environment;
};

// Inside the worker of a scenario.
class collector {
 public:
  virtual ~collector() = default;
  // Once each, in this order. After stop() all that was gathered lies in the folder.
  virtual base::result<void> start() = 0;
  virtual base::result<void> stop() = 0;
};

struct gathered {
  profile data;                        // addresses and mappings, no names
  std::vector<model::warning> doubts;  // what could not be had
  std::vector<std::string> notes;      // how it was gathered: rate, allocator, overhead
};

class profile_kind {
 public:
  virtual ~profile_kind() = default;
  [[nodiscard]] virtual const char* name() const = 0;  // "cpu"; its raw files are "cpu.*"
  [[nodiscard]] virtual base::result<launch_needs> needs(const collection_plan& plan) const = 0;
  [[nodiscard]] virtual std::unique_ptr<collector> collect(const collection_plan& plan) const = 0;
  // The error: nothing was gathered, and why.
  [[nodiscard]] virtual base::result<gathered> read(const collection_plan& plan) const = 0;
  // What can be said only when the places have names and the notes are all there.
  virtual void after_names(gathered&) const {}
};

}  // namespace nevaperf::profiles
