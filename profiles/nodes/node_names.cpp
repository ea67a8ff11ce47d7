#include "profiles/nodes/node_names.hpp"

#include <nlohmann/json.hpp>

#include "runtime/observe/instruments.hpp"

namespace nevaperf::profiles {

std::string write_node_names() {
  nlohmann::json graphs = nlohmann::json::array();
  for (std::uint32_t i = 1;; ++i) {
    const runtime::described_graph* graph = runtime::find_graph(i);
    if (graph == nullptr) break;
    graphs.push_back(graph->nodes);
  }
  const nlohmann::json all{{"schema", "nevaperf.nodes/1"}, {"graphs", std::move(graphs)}};
  // Names may hold any bytes.
  return all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

node_names node_names::read(std::string_view text) {
  node_names made;
  const auto all = nlohmann::json::parse(text, nullptr, false);
  if (!all.is_object() || !all.contains("graphs") || !all["graphs"].is_array()) return made;
  for (const auto& graph : all["graphs"]) {
    std::vector<std::string>& nodes = made.graphs_.emplace_back();
    for (const auto& node : graph)
      nodes.push_back(node.is_string() ? node.get<std::string>() : std::string());
  }
  return made;
}

std::string node_names::name_of(std::uint64_t work_word) const {
  const auto what = runtime::work_mark::of(work_word);
  if (what.node >= runtime::work_mark::loading) return runtime::name_of(what);
  if (what.graph == 0) return {};
  if (what.graph > graphs_.size() || what.node >= graphs_[what.graph - 1].size())
    return "graph " + std::to_string(what.graph) + ", node " + std::to_string(what.node);
  return graphs_[what.graph - 1][what.node];
}

}  // namespace nevaperf::profiles
