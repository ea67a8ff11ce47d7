// The works of this peer, by file.
#pragma once

#include <span>

#include "tests/perf/peers/work.hpp"

namespace nevaperf::peers {

std::span<const work> passing_works();   // messages between nodes: what the other peers do too
std::span<const work> go_suite_works();  // what Neva's own Go suite measures

}  // namespace nevaperf::peers
