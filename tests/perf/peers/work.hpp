// A work: something that all peers of scripts/bench_peers do, or that Neva's own Go suite measures
// under the same name.
//
// A work runs a number of operations and says how long they took, without the set-up. What an
// operation is:
//
//   hop           one message from one node to another
//   ping_pong     there and back
//   pipeline_N    one message from a producer through N nodes to a consumer: N + 1 hops
//   fan_in_16     one message from one of 16 senders to one receiver
//   fan_out_16    one message to 16 receivers
//   select_2      one message from one of 2 senders to a receiver that knows from which
//   two_input     int_is_lesser: two messages in, one out
//   struct_3      struct_builder: three messages in, a struct out
//   coarse_10us   one message through one of 4 nodes that work about 10 us on each: for two workers
//   coarse_dealt_3, coarse_pipeline_N, coarse_fork_join_4: the same with 3 nodes; through all of N
//                 nodes one after the other; through all of 4 nodes side by side
//
// All values are over 255: no peer gets by with a table of small values.
//
// Thread safety: none.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace nevaperf::peers {

// The CPU time of the process is what counts for work on one thread: it leaves out what other
// programs took from it.
struct elapsed {
  std::int64_t cpu_ns = 0;
  std::int64_t wall_ns = 0;
};

class stopwatch {
 public:
  stopwatch();
  [[nodiscard]] elapsed read() const;

 private:
  elapsed start_;
};

struct work {
  std::string_view name;
  std::function<elapsed(std::int64_t operations)> run;
};

constexpr std::int64_t first_value = 1'000'000;

// About 10 us of arithmetic that cannot be left out.
constexpr int coarse_steps = 8'000;
std::uint64_t grind(std::uint64_t value);

// What a peer provides.
std::vector<work> all_works();
// The threads that works from now on may use; 1 at first.
void use_workers(unsigned count);
// Prints what idle nodes cost: idle_node_bytes and idle_node_wiring.
void report_idle_nodes(std::int64_t count);

// Prints "NAME CPU_NS WALL_NS", each for one operation.
void print_measured(std::string_view name, elapsed took, std::int64_t operations);
// The same line for bytes instead of times.
void print_bytes(std::string_view name, std::int64_t bytes, std::int64_t count);

// The bytes of this process that are in memory.
std::int64_t resident_bytes();

}  // namespace nevaperf::peers
