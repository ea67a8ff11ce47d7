// The waits of nodes (wait_observer.hpp) as a file and as a profile.
//
//   {"schema": "nevaperf.waits/1", "start_ns", "duration_ns", "dropped": N, "waits": [{"reason":
//   "send_full", "port": "a:out", "chain": ["a", "b"], "count", "delay_ns", "longest_ns",
//   "histogram": [...]}]}
//
// Thread safety: values.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "profiles/contention/wait_observer.hpp"
#include "profiles/model/profile.hpp"

namespace nevaperf::profiles {

struct named_wait {
  std::string reason;
  std::string port;                // empty: none
  std::vector<std::string> chain;  // who waited, and why in turn
  wait_amount amount;
};

struct node_waits {
  std::int64_t start_ns = 0;  // since 1970
  std::int64_t duration_ns = 0;
  std::uint64_t dropped = 0;
  std::vector<named_wait> waits;
};

// With the names of this process's graphs.
[[nodiscard]] std::vector<named_wait> with_names(
    const std::vector<wait_observer::found_wait>& found);

[[nodiscard]] std::string write_node_waits(const node_waits& w);
[[nodiscard]] base::result<node_waits> read_node_waits(std::string_view text);

[[nodiscard]] profile make_node_wait_profile(const node_waits& w);
// "wait: a:out send_full (a <- b): 12 times, 430 ms, longest 40 ms, p99 under 67 ms" of the
// largest.
[[nodiscard]] std::vector<std::string> wait_notes(const node_waits& w);

// The upper end of the slot in which the share of all waits is reached.
[[nodiscard]] std::int64_t histogram_quantile(const std::vector<double>& slots, double share);

// "430 ms"
[[nodiscard]] std::string wait_text(std::int64_t ns);

}  // namespace nevaperf::profiles
