#include "runtime/program/deadlock.hpp"

#include <algorithm>
#include <vector>

#include "runtime/port/selector.hpp"
#include "runtime/program/graph.hpp"

namespace nevaperf::runtime {

namespace {

constexpr std::size_t most_lines = 50;
constexpr std::size_t most_nodes_of_cycle = 20;

struct wait {
  std::uint32_t node;
  const channel* at;
  bool sending;
  std::uint32_t for_node;  // the other end
};

channel_state state_of(const channel& c) {
  return c.is_special() ? c.more->now : c.now;
}

// Or a helper of its (slot_helper.hpp), which has its number.
bool waits_for(const task& waiting, const task& t) {
  return waiting.node == t.node;
}

bool receives_on(const channel& c, const task& t) {
  if (c.is_special() && c.more->group != nullptr && c.more->group->waiting() == &t) return true;
  return state_of(c) == channel_state::receiver_waits && waits_for(*c.waiter, t);
}

bool sends_on(const channel& c, const task& t) {
  return state_of(c) == channel_state::sender_waits && waits_for(*c.waiter, t);
}

std::vector<wait> waits_of(const graph& g) {
  std::vector<wait> all;
  std::uint32_t number = 0;
  for (const graph::node& n : g.nodes()) {
    const task& t = n.coroutine.promise();
    for (const channel* c : n.ins)
      if (receives_on(*c, t)) all.push_back({number, c, false, g.ends_of(*c).sender});
    for (const channel* c : n.outs)
      if (sends_on(*c, t)) all.push_back({number, c, true, g.ends_of(*c).receiver});
    ++number;
  }
  return all;
}

std::string line_of(const graph& g, const wait& w) {
  const bool other_is_sender = !w.sending;
  std::string line = "  " + g.port_name(*w.at, w.sending);
  line += w.sending ? " waits to send to " : " waits to receive from ";
  line += w.for_node == graph::outside ? "nobody" : g.port_name(*w.at, other_is_sender);
  return line + "\n";
}

// A cycle of waits, as indexes into `waits`; empty if there is none. Depth first, without
// recursion: graphs are large.
std::vector<std::size_t> find_cycle(const std::vector<wait>& waits, std::size_t node_count) {
  std::vector<std::size_t> first(node_count + 1, 0);  // waits are sorted by node
  for (const wait& w : waits) ++first[w.node + 1];
  for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];

  enum class mark : char { fresh, open, done };
  std::vector<mark> marks(node_count, mark::fresh);
  std::vector<std::size_t> path;  // waits from open node to open node
  for (std::uint32_t root = 0; root < node_count; ++root) {
    if (marks[root] != mark::fresh) continue;
    struct visit {
      std::uint32_t node;
      std::size_t next;
    };
    std::vector<visit> stack{{root, first[root]}};
    marks[root] = mark::open;
    while (!stack.empty()) {
      visit& top = stack.back();
      if (top.next == first[top.node + 1]) {
        marks[top.node] = mark::done;
        stack.pop_back();
        if (!path.empty()) path.pop_back();
        continue;
      }
      const std::size_t index = top.next++;
      const std::uint32_t to = waits[index].for_node;
      if (to == graph::outside || marks[to] == mark::done) continue;
      path.push_back(index);
      if (marks[to] == mark::open) {
        const auto entry = std::find_if(path.begin(), path.end(),
                                        [&](std::size_t i) { return waits[i].node == to; });
        return {entry, path.end()};
      }
      marks[to] = mark::open;
      stack.push_back({to, first[to]});
    }
  }
  return {};
}

}  // namespace

std::string deadlock_report(const graph& g) {
  const std::vector<wait> waits = waits_of(g);
  std::string report = "deadlock: nothing can run any more and the program has not stopped\n";
  std::size_t lines = 0;
  for (const wait& w : waits) {
    if (lines++ == most_lines) {
      report += "  ... and " + std::to_string(waits.size() - most_lines) + " more waits\n";
      break;
    }
    report += line_of(g, w);
  }
  const std::vector<std::size_t> cycle = find_cycle(waits, g.nodes().size());
  if (!cycle.empty()) {
    report += "cycle: ";
    for (std::size_t i = 0; i < std::min(cycle.size(), most_nodes_of_cycle); ++i) {
      const wait& w = waits[cycle[i]];
      report += std::string(g.nodes()[w.node].name);
      report += w.sending ? " -(sends to)-> " : " -(receives from)-> ";
    }
    if (cycle.size() > most_nodes_of_cycle)
      report += "... " + std::to_string(cycle.size() - most_nodes_of_cycle) + " more nodes ... -> ";
    report += std::string(g.nodes()[waits[cycle.front()].node].name) + "\n";
  }
  return report;
}

}  // namespace nevaperf::runtime
