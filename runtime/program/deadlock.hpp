// The report of a graph in which nothing can run any more.
//
// One line a waiting node: its port, what it waits for, and the node on the other side; then the
// cycle of nodes that wait for each other, if there is one. Nodes that wait only because nobody
// needs them any more (they receive, and their sender has nothing to send) are part of the picture
// too; long reports are cut with a count.
//
// Thread safety: reads a graph that does not run.
#pragma once

#include <string>

namespace nevaperf::runtime {

class graph;

std::string deadlock_report(const graph& g);

}  // namespace nevaperf::runtime
