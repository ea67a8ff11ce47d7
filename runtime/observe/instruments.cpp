#include "runtime/observe/instruments.hpp"

#include <deque>
#include <mutex>
#include <unordered_map>

namespace nevaperf::runtime {

namespace {

instruments wanted;

struct directory {
  std::mutex lock;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers;  // by likeness
  std::deque<described_graph> graphs;                        // [number - 1]
};

directory& all_graphs() {
  static directory made;
  return made;
}

}  // namespace

constinit thread_local std::atomic<std::uint64_t> current_work [[gnu::tls_model("initial-exec")]] =
    0;

void install(const instruments& now_wanted) {
  wanted = now_wanted;
}

const instruments& installed() noexcept {
  return wanted;
}

std::uint32_t number_graph(std::uint64_t likeness,
                           const std::function<described_graph()>& describe) {
  directory& known = all_graphs();
  const std::lock_guard hold(known.lock);
  const auto next = static_cast<std::uint32_t>(known.graphs.size() + 1);
  const auto [at, is_new] = known.numbers.try_emplace(likeness, next);
  if (is_new) known.graphs.push_back(describe());
  return at->second;
}

const described_graph* find_graph(std::uint32_t number) {
  directory& known = all_graphs();
  const std::lock_guard hold(known.lock);
  return number == 0 || number > known.graphs.size() ? nullptr : &known.graphs[number - 1];
}

std::string name_of(work_mark what) {
  switch (what.node) {
    case work_mark::scheduling:
      return "[scheduling]";
    case work_mark::wiring:
      return "[wiring]";
    case work_mark::loading:
      return "[loading]";
    default:
      break;
  }
  const described_graph* graph = find_graph(what.graph);
  return graph == nullptr || what.node >= graph->nodes.size() ? std::string()
                                                              : graph->nodes[what.node];
}

}  // namespace nevaperf::runtime
