#include <utility>

#include "playbook/scenarios/families.hpp"

namespace nevaperf::playbook {

namespace {

using family = std::vector<measure::scenario> (*)();

void add(std::vector<measure::scenario>& all, family some, const char* tag) {
  for (measure::scenario& one : some()) {
    one.tags.emplace_back(tag);
    all.push_back(std::move(one));
  }
}

}  // namespace

std::vector<measure::scenario> all_scenarios() {
  std::vector<measure::scenario> all;
  for (const family some : {channel_scenarios, node_scenarios, graph_scenarios, program_scenarios})
    add(all, some, default_tag);
  for (const family some :
       {list_scenarios, dict_scenarios, struct_scenarios, handler_scenarios, file_handle_scenarios})
    add(all, some, go_tag);
  add(all, variant_scenarios, variant_tag);
  return all;
}

}  // namespace nevaperf::playbook
