#include "profiles/contention/wait_observer.hpp"

#include <algorithm>

#include "runtime/observe/instruments.hpp"

namespace nevaperf::profiles {

namespace {

constexpr std::uint32_t nobody = UINT32_MAX;
constexpr auto relaxed = std::memory_order_relaxed;

std::uint64_t next_observer_id() {
  static std::atomic<std::uint64_t> last = 0;
  return last.fetch_add(1, relaxed) + 1;
}

// Waits of one thread by what they are: open addressing, of fixed size.
constexpr std::size_t table_slots = 1U << 13U;
constexpr std::size_t most_used = table_slots / 4 * 3;

std::size_t hash_of(const node_wait& w) {
  std::uint64_t hash = w.graph;
  const auto mix = [&hash](std::uint64_t value) {
    hash = (hash ^ value) * 0x9e3779b97f4a7c15U;
    hash ^= hash >> 32U;
  };
  mix(w.channel);
  mix(std::uint64_t{w.length} << 32U | static_cast<std::uint32_t>(w.why));
  for (const std::uint32_t node : w.chain) mix(node);
  return hash;
}

}  // namespace

std::size_t wait_histogram_slot(std::int64_t ns) {
  std::size_t slot = 0;
  for (auto left = static_cast<std::uint64_t>(std::max<std::int64_t>(ns, 0)) >> 1U; left != 0;
       left >>= 1U)
    ++slot;
  return std::min(slot, wait_histogram_slots - 1);
}

const char* name_of(node_wait::reason why) {
  constexpr const char* names[] = {"recv_empty", "send_full",   "select", "join",
                                   "lock",       "sched_delay", "idle"};
  return names[static_cast<std::size_t>(why)];
}

// One suspension of a node, and the last one that is over. All words: workers read each other's.
struct wait_observer::node_state {
  struct link {
    std::atomic<std::uint32_t> node = nobody;
    std::atomic<std::int64_t> overlap_ns = 0;
  };

  std::atomic<std::int64_t> since_ns = 0;     // 0: it runs, or never ran
  std::atomic<std::uint32_t> operations = 0;  // it waits for, in this suspension
  std::atomic<std::uint32_t> select_waits = 0;
  std::atomic<std::int64_t> done_ns = 0;  // the last of them
  std::atomic<std::uint32_t> channel = nobody;
  std::atomic<std::uint32_t> why = 0;
  // Who did it, and why that one was late in turn.
  std::array<link, node_wait::most_chain - 1> causes;

  std::atomic<std::int64_t> last_since_ns = 0;
  std::atomic<std::int64_t> last_done_ns = 0;
  std::atomic<std::uint32_t> last_cause = nobody;

  void begin_anew() {
    since_ns.store(0, relaxed);
    operations.store(0, relaxed);
    select_waits.store(0, relaxed);
    done_ns.store(0, relaxed);
  }
};

struct wait_observer::graph_state {
  struct channel_state {
    std::atomic<std::uint32_t> receiver = nobody;  // that waits
    std::atomic<std::uint32_t> sender = nobody;
  };
  std::uint32_t number = 0;
  std::deque<node_state> nodes;
  std::deque<channel_state> channels;
};

struct wait_observer::lane {
  struct entry {
    node_wait what;
    wait_amount amount;
  };
  std::unique_ptr<entry[]> table = std::make_unique<entry[]>(table_slots);
  std::size_t used = 0;
  std::int64_t spins_since_ns = 0;
};

wait_observer::wait_observer(const base::clock& time)
    : time_(time), id_(next_observer_id()), graphs_(most_graphs) {}

wait_observer::~wait_observer() = default;

wait_observer::lane& wait_observer::lane_of_thread() noexcept {
  static thread_local struct {
    std::uint64_t observer_id = 0;
    lane* mine = nullptr;
  } known;
  if (known.observer_id != id_) [[unlikely]] {
    const std::lock_guard hold(lock_);
    known = {id_, &lanes_.emplace_back()};
  }
  return *known.mine;
}

wait_observer::graph_state* wait_observer::graph_of_thread() const noexcept {
  const std::uint32_t number = runtime::work_mark::of(runtime::current_work.load(relaxed)).graph;
  return number < most_graphs ? graphs_[number].load(std::memory_order_acquire) : nullptr;
}

void wait_observer::begins(const runtime::graph_size& size) {
  const std::uint32_t number = runtime::work_mark::of(runtime::current_work.load(relaxed)).graph;
  if (number >= most_graphs) return;
  end_waits(number);
  const std::lock_guard hold(lock_);
  graph_state* state = graphs_[number].load(relaxed);
  if (state == nullptr) {
    state = &states_.emplace_back();
    state->number = number;
  }
  if (state->nodes.size() < size.nodes) state->nodes.resize(size.nodes);
  if (state->channels.size() < size.channels) state->channels.resize(size.channels);
  for (node_state& n : state->nodes) {
    n.begin_anew();
    n.last_cause.store(nobody, relaxed);
  }
  for (auto& c : state->channels) {
    c.receiver.store(nobody, relaxed);
    c.sender.store(nobody, relaxed);
  }
  graphs_[number].store(state, std::memory_order_release);
}

void wait_observer::waits(base::node_id node, runtime::channel_id on,
                          runtime::wait_reason why) noexcept {
  graph_state* const g = graph_of_thread();
  if (g == nullptr) return;
  node_state& n = g->nodes[node.index()];
  n.operations.store(n.operations.load(relaxed) + 1, relaxed);
  auto& c = g->channels[on.index()];
  switch (why) {
    case runtime::wait_reason::recv_empty:
      c.receiver.store(node.index(), relaxed);
      break;
    case runtime::wait_reason::send_full:
      c.sender.store(node.index(), relaxed);
      break;
    case runtime::wait_reason::select:
      n.select_waits.store(1, relaxed);
      break;
  }
}

void wait_observer::receives(base::node_id receiver, runtime::channel_id on) noexcept {
  graph_state* const g = graph_of_thread();
  if (g == nullptr) return;
  auto& c = g->channels[on.index()];
  node_state& n = g->nodes[receiver.index()];
  const std::uint32_t actor = runtime::work_mark::of(runtime::current_work.load(relaxed)).node;
  if (c.receiver.load(relaxed) == receiver.index()) {
    c.receiver.store(nobody, relaxed);
    complete(*g, n, actor, on, node_wait::reason::recv_empty);
  } else if (actor != receiver.index() && n.select_waits.load(relaxed) != 0) {
    n.select_waits.store(0, relaxed);
    complete(*g, n, actor, on, node_wait::reason::select);
  } else if (const std::uint32_t sender = c.sender.load(relaxed); sender != nobody) {
    c.sender.store(nobody, relaxed);
    complete(*g, g->nodes[sender], receiver.index(), on, node_wait::reason::send_full);
  }
}

void wait_observer::complete(graph_state& g, node_state& who, std::uint32_t by,
                             runtime::channel_id on, node_wait::reason why) noexcept {
  const std::int64_t now_ns = time_.monotonic_ns();
  who.done_ns.store(now_ns, relaxed);
  who.channel.store(on.index(), relaxed);
  who.why.store(static_cast<std::uint32_t>(why), relaxed);
  // Its step may not have ended yet, if another worker is quick.
  const std::int64_t since_ns = who.since_ns.load(relaxed);
  std::int64_t from_ns = since_ns == 0 ? now_ns : since_ns;
  std::int64_t to_ns = now_ns;
  std::uint32_t next = by;
  for (auto& link : who.causes) {
    link.node.store(next, relaxed);
    link.overlap_ns.store(to_ns - from_ns, relaxed);
    if (next == nobody) continue;
    if (next >= g.nodes.size()) {
      next = nobody;
      continue;
    }
    const node_state& cause = g.nodes[next];
    from_ns = std::max(from_ns, cause.last_since_ns.load(relaxed));
    to_ns = std::min(to_ns, cause.last_done_ns.load(relaxed));
    next = to_ns > from_ns ? cause.last_cause.load(relaxed) : nobody;
  }
}

void wait_observer::step_begins(base::node_id node) noexcept {
  graph_state* const g = graph_of_thread();
  if (g == nullptr) return;
  node_state& n = g->nodes[node.index()];
  const std::int64_t since_ns = n.since_ns.load(relaxed);
  if (since_ns == 0) return;  // its first step
  const std::int64_t now_ns = time_.monotonic_ns();
  node_wait what{.graph = g->number, .why = node_wait::reason::idle, .length = 1};
  what.chain[0] = node.index();
  const std::int64_t done_ns = n.done_ns.load(relaxed);
  if (n.operations.load(relaxed) == 0 || done_ns == 0) {
    add(what, now_ns - since_ns, now_ns - since_ns, true);
    n.last_cause.store(nobody, relaxed);
  } else {
    record_wait(g->number, n, node.index());
    what.why = node_wait::reason::sched_delay;
    const std::int64_t ready_ns = std::max(done_ns, since_ns);
    add(what, now_ns - ready_ns, now_ns - ready_ns, true);
    n.last_cause.store(n.causes[0].node.load(relaxed), relaxed);
    n.last_since_ns.store(since_ns, relaxed);
    n.last_done_ns.store(done_ns, relaxed);
  }
  n.begin_anew();
}

void wait_observer::record_wait(std::uint32_t graph, const node_state& n,
                                std::uint32_t node) noexcept {
  node_wait what{.graph = graph,
                 .channel = n.channel.load(relaxed),
                 .why = n.operations.load(relaxed) > 1
                            ? node_wait::reason::join
                            : static_cast<node_wait::reason>(n.why.load(relaxed)),
                 .length = 1};
  what.chain[0] = node;
  const std::int64_t whole_ns =
      std::max<std::int64_t>(0, n.done_ns.load(relaxed) - n.since_ns.load(relaxed));
  // The part of each link: what the next does not explain.
  std::array<std::int64_t, node_wait::most_chain> parts{};
  std::uint32_t links = 0;
  std::int64_t left_ns = whole_ns;
  for (const auto& link : n.causes) {
    if (link.node.load(relaxed) == nobody) break;
    const std::int64_t overlap_ns =
        std::clamp<std::int64_t>(link.overlap_ns.load(relaxed), 0, left_ns);
    if (links != 0) parts[links - 1] = left_ns - overlap_ns;
    left_ns = overlap_ns;
    ++links;
  }
  if (links == 0) return add(what, whole_ns, whole_ns, true);
  parts[links - 1] = left_ns;
  const auto most = static_cast<std::uint32_t>(
      std::max_element(parts.begin(), parts.begin() + links) - parts.begin());
  for (std::uint32_t i = 0; i < links; ++i) {
    what.chain[what.length++] = n.causes[i].node.load(relaxed);
    if (parts[i] != 0 || i == most) add(what, parts[i], whole_ns, i == most);
  }
}

void wait_observer::step_ends(base::node_id node) noexcept {
  graph_state* const g = graph_of_thread();
  if (g != nullptr) g->nodes[node.index()].since_ns.store(time_.monotonic_ns(), relaxed);
}

void wait_observer::spins(base::node_id, runtime::channel_id) noexcept {
  lane_of_thread().spins_since_ns = time_.monotonic_ns();
}

void wait_observer::spun(base::node_id node, runtime::channel_id on) noexcept {
  const graph_state* const g = graph_of_thread();
  if (g == nullptr) return;
  const std::int64_t delay_ns = time_.monotonic_ns() - lane_of_thread().spins_since_ns;
  node_wait what{
      .graph = g->number, .channel = on.index(), .why = node_wait::reason::lock, .length = 1};
  what.chain[0] = node.index();
  add(what, delay_ns, delay_ns, true);
}

void wait_observer::add(const node_wait& what, std::int64_t part_ns, std::int64_t whole_ns,
                        bool counts) noexcept {
  lane& l = lane_of_thread();
  std::size_t slot = hash_of(what) % table_slots;
  while (l.table[slot].what.length != 0 && l.table[slot].what != what)
    slot = (slot + 1) % table_slots;
  lane::entry& at = l.table[slot];
  if (at.what.length == 0) {
    if (l.used == most_used) {
      dropped_.fetch_add(1, relaxed);
      return;
    }
    ++l.used;
    at.what = what;
  }
  at.amount.delay_ns += part_ns;
  if (!counts) return;
  ++at.amount.count;
  at.amount.longest_ns = std::max(at.amount.longest_ns, whole_ns);
  ++at.amount.histogram[wait_histogram_slot(whole_ns)];
}

void wait_observer::end_waits(std::uint32_t graph) {
  graph_state* const g = graphs_[graph].load(std::memory_order_acquire);
  if (g == nullptr) return;
  const std::int64_t now_ns = time_.monotonic_ns();
  for (std::uint32_t i = 0; i < g->nodes.size(); ++i) {
    node_state& n = g->nodes[i];
    const std::int64_t since_ns = n.since_ns.load(relaxed);
    if (since_ns == 0) continue;
    node_wait what{.graph = graph, .why = node_wait::reason::idle, .length = 1};
    what.chain[0] = i;
    add(what, now_ns - since_ns, now_ns - since_ns, true);
    n.begin_anew();
  }
}

std::vector<wait_observer::found_wait> wait_observer::found() {
  for (std::uint32_t graph = 0; graph < most_graphs; ++graph) end_waits(graph);
  std::vector<found_wait> all;
  for (const lane& l : lanes_) {
    for (std::size_t i = 0; i < table_slots; ++i) {
      const lane::entry& e = l.table[i];
      if (e.what.length == 0) continue;
      const auto known = std::ranges::find(all, e.what, &found_wait::what);
      if (known == all.end()) {
        all.push_back({e.what, e.amount});
        continue;
      }
      known->amount.count += e.amount.count;
      known->amount.delay_ns += e.amount.delay_ns;
      known->amount.longest_ns = std::max(known->amount.longest_ns, e.amount.longest_ns);
      for (std::size_t s = 0; s < wait_histogram_slots; ++s)
        known->amount.histogram[s] += e.amount.histogram[s];
    }
  }
  return all;
}

}  // namespace nevaperf::profiles
