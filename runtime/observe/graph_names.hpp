// What the numbers of nodes and channels are called, for whoever shows what an observer saw.
//
// Thread safety: as what the functions refer to.
#pragma once

#include <functional>
#include <string>

#include "runtime/observe/observer.hpp"

namespace nevaperf::runtime {

struct graph_names {
  struct channel_ends {
    std::string from;  // the port that sends
    std::string to;
  };
  std::function<std::string(base::node_id)> node;
  std::function<channel_ends(channel_id)> channel;
};

}  // namespace nevaperf::runtime
