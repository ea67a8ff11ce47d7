// Helpers at the slots of selects and array ports: who works how often, and that everything else is
// as without them.
#include "runtime/port/slot_helper.hpp"

#include "runtime/port/ports.hpp"
#include "tests/runtime/port/nodes.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using namespace nevaperf::tests;

namespace {

constexpr slot_handling with_helpers[] = {slot_handling::task_per_slot, slot_handling::pool};

// Counts the steps of each node; helpers count as their node.
class step_counter : public observer {
 public:
  void begins(const graph_size& size) override { steps.assign(size.nodes, 0); }
  void step_begins(nevaperf::base::node_id n) noexcept override { ++steps[n.index()]; }
  void step_ends(nevaperf::base::node_id) noexcept override {}
  void sends(nevaperf::base::node_id, channel_id) noexcept override {}
  void receives(nevaperf::base::node_id, channel_id) noexcept override {}
  void waits(nevaperf::base::node_id, channel_id, wait_reason) noexcept override {}

  std::vector<std::size_t> steps;
};

node_task receive_once_all(std::span<channel* const> from, std::vector<message>& into) {
  into.resize(from.size());
  co_await receive_all(from, into);
}

node_task select_times(selector& from, std::size_t count, std::vector<std::size_t>& slots) {
  for (std::size_t i = 0; i < count; ++i) slots.push_back((co_await from.select()).slot);
}

node_task send_all_once(std::span<channel* const> to) {
  const message m = long_text(5);
  co_await send_all(to, m);
}

struct receiving_all {
  std::vector<message> got;
  step_counter counted;
  outcome how;

  receiving_all(std::size_t slots, slot_handling helpers) {
    graph g;
    const std::vector<channel*> c = add_channels(g, slots);
    g.add_node("all", c, {}, [&] { return receive_once_all(c, got); });
    for (std::size_t i = 0; i < slots; ++i)
      g.add_node("sender", {}, {c[i]},
                 [&] { return send_integers(output(*c[i]), static_cast<std::int64_t>(i), 1); });
    g.use_channels({.slots = helpers});
    g.observe(counted);
    how = g.run();
  }
};

}  // namespace

TEST_CASE("a task for each slot runs for each slot; a pool has at most its helpers") {
  for (const std::size_t slots : {2U, 3U, 4U, 5U, 255U}) {
    for (const slot_handling helpers : with_helpers) {
      const receiving_all run(slots, helpers);
      REQUIRE(run.got.size() == slots);
      for (std::size_t i = 0; i < slots; ++i)
        CHECK(equal(run.got[i], message::integer(static_cast<std::int64_t>(i))));
      // The node begins and goes on: two steps. Each slot's own task finds its sender waiting.
      if (helpers == slot_handling::task_per_slot) CHECK(run.counted.steps[0] == 2 + slots);
      // A job is a step; all helpers but the one with the last job look once more in vain.
      if (helpers == slot_handling::pool)
        CHECK(run.counted.steps[0] == 2 + slots + std::min(slots, slot_pool::most_helpers) - 1);
    }
    CHECK(receiving_all(slots, slot_handling::readiness).counted.steps[0] == 2);
  }
}

TEST_CASE("a select with a task for each slot makes new ones for each operation") {
  std::vector<std::size_t> slots;
  step_counter counted;
  graph g;
  const std::vector<channel*> c = add_channels(g, 3);
  selector& which = add_selector(g, c);
  g.add_node("select", c, {}, [&] { return select_times(which, 2, slots); });
  g.add_node("sender", {}, c, [&] {
    return [](output first, output second) -> node_task {
      co_await first.send(message::integer(1));
      co_await second.send(message::integer(2));
    }(output(*c[2]), output(*c[0]));
  });
  g.use_channels({.slots = slot_handling::task_per_slot});
  g.observe(counted);
  g.run();
  CHECK(slots == std::vector<std::size_t>{2, 0});
  CHECK(counted.steps[0] >= 3 + 2 * 3);  // three of its own, and each task at least one
}

TEST_CASE("a node that waits for its helpers is in the deadlock report with all its ports") {
  for (const slot_handling helpers : with_helpers) {
    for (const bool selects : {false, true}) {
      std::vector<message> got;
      std::vector<std::size_t> slots;
      graph g;
      const std::vector<channel*> c = add_channels(g, 2);
      g.add_node("sender", {}, c, [] { return []() -> node_task { co_return; }(); });
      if (selects)
        g.add_node("node", c, {}, [&] { return select_times(add_selector(g, c), 1, slots); });
      else
        g.add_node("node", c, {}, [&] { return receive_once_all(c, got); });
      g.use_channels({.slots = helpers});
      const outcome how = g.run();
      CHECK(how.how == outcome::kind::deadlocked);
      CHECK(how.text.find("node:in[0] waits to receive from sender:out[0]") != std::string::npos);
      CHECK(how.text.find("node:in[1] waits to receive from sender:out[1]") != std::string::npos);
    }
    graph g;
    const std::vector<channel*> c = add_channels(g, 2);
    g.add_node("node", {}, c, [&] { return send_all_once(c); });
    g.add_node("deaf", c, {}, [] { return []() -> node_task { co_return; }(); });
    g.use_channels({.slots = helpers});
    CHECK(g.run().text.find("node:out[1] waits to send to deaf:in[1]") != std::string::npos);
  }
}

TEST_CASE("a helper's frame is used again, or comes from the allocator each time") {
  for (const bool is_pooled : {true, false}) {
    helper_memory memory(is_pooled);
    void* const first = memory.allocate(100);
    helper_memory::free(first);
    void* const second = memory.allocate(80);
    if (is_pooled) CHECK(second == first);
    helper_memory::free(second);
    void* const large = memory.allocate(5000);
    std::fill_n(static_cast<char*>(large), 5000, 'x');
    helper_memory::free(large);
  }
}

TEST_CASE("a graph without pools runs as one with them") {
  for (const slot_handling helpers :
       {slot_handling::readiness, slot_handling::task_per_slot, slot_handling::pool}) {
    std::vector<message> got;
    graph g;
    g.use_no_pools();
    CHECK_FALSE(g.memory().is_pooled());
    const std::vector<channel*> c = add_channels(g, 20);
    g.add_node("send", {}, c, [&] { return send_all_once(c); });
    g.add_node("all", c, {}, [&] { return receive_once_all(c, got); });
    g.use_channels({.slots = helpers});
    g.run();
    REQUIRE(got.size() == 20);
    for (const message& m : got) CHECK(equal(m, long_text(5)));
  }
}
