// Reads the raw files of profiled processes (raw_file.hpp) into one profile.
//
// Types: samples/count and cpu/nanoseconds. A tick of a timer stands for as much CPU time as the
// process used for one on average, so that the total is what its clock says, whatever rate the
// timers gave.
// Labels: node (of a graph of the runtime) and, if there were several processes, pid.
//
// Thread safety: pure functions over values.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

struct cpu_process {
  std::string program;
  std::uint32_t pid = 0;
  std::uint32_t rate_hz = 0;  // asked for
  std::uint32_t threads = 0;
  bool is_ended = false;  // in order
  std::int64_t wall_start_ns = 0;
  std::int64_t duration_ns = 0;
  std::int64_t cpu_ns = 0;
  std::int64_t handler_ns = 0;
  std::uint64_t samples = 0;
  std::uint64_t ticks = 0;
  std::uint64_t lost = 0;

  struct module {
    std::uint64_t start;
    std::uint64_t limit;
    std::string path;
  };
  struct stack {
    std::uint64_t count;
    std::uint64_t ticks;
    std::uint64_t label;
    std::vector<std::uint64_t> addresses;  // leaf first
  };
  std::vector<module> modules;
  std::vector<stack> stacks;
};

// The error: not such a file, or damaged.
[[nodiscard]] base::result<cpu_process> read_raw_cpu(std::string_view bytes);

using node_namer = std::function<std::string(std::uint64_t label)>;  // empty: no node
[[nodiscard]] profile make_cpu_profile(const std::vector<cpu_process>& processes,
                                       const node_namer& node_of);

}  // namespace nevaperf::profiles
