#include <iterator>

#include "playbook/scenarios/families.hpp"

namespace nevaperf::playbook {

std::vector<measure::scenario> default_scenarios() {
  std::vector<measure::scenario> all;
  for (auto family : {channel_scenarios, node_scenarios, graph_scenarios, program_scenarios}) {
    std::vector<measure::scenario> some = family();
    all.insert(all.end(), std::make_move_iterator(some.begin()),
               std::make_move_iterator(some.end()));
  }
  return all;
}

}  // namespace nevaperf::playbook
