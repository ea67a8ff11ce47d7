// The works of this peer, by file.
#pragma once

#include <span>

#include "tests/perf/peers/work.hpp"

namespace nevaperf::peers {

std::span<const work> passing_works();    // messages between nodes: what the other peers do too
std::span<const work> handler_works();    // Neva's benchmarks of single functions
std::span<const work> container_works();  // Neva's benchmarks of values

}  // namespace nevaperf::peers
