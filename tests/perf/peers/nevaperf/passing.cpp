// Messages between nodes: the works that the other peers do too.
#include "tests/perf/peers/nevaperf/groups.hpp"
#include "tests/perf/peers/nevaperf/test_graph.hpp"

namespace nevaperf::peers {

namespace {

node_task pass_on(input from, output to) {
  for (;;) co_await to.send(co_await from.receive());
}

elapsed pipeline(std::int64_t count, std::size_t stages) {
  test_graph g;
  const std::vector<channel*> links = g.add_channels(stages + 1);
  g.add_producer(*links.front(), count);
  for (std::size_t i = 0; i < stages; ++i) {
    channel& from = *links[i];
    channel& to = *links[i + 1];
    g.add({&from}, {&to}, [&] { return pass_on(input(from), output(to)); });
  }
  g.add_consumer(*links.back(), count);
  return g.run();
}

node_task ping(output there, input back, std::int64_t count, test_graph& g) {
  for (std::int64_t i = 0; i < count; ++i) {
    co_await there.send(message::integer(first_value + i));
    co_await back.receive();
  }
  g.end();
  co_await runtime::forever{};
}

elapsed ping_pong(std::int64_t count) {
  test_graph g;
  channel& there = g.add_channel();
  channel& back = g.add_channel();
  g.add({&back}, {&there}, [&] { return ping(output(there), input(back), count, g); });
  g.add({&there}, {&back}, [&] { return pass_on(input(there), output(back)); });
  return g.run();
}

node_task consume_any(runtime::selector& from, std::int64_t count, test_graph& g) {
  for (std::int64_t i = 0; i < count; ++i) co_await from.select();
  g.end();
  co_await runtime::forever{};
}

elapsed fan_in(std::int64_t count, std::size_t senders) {
  test_graph g;
  const std::vector<channel*> slots = g.add_channels(senders);
  runtime::selector all(slots);
  const auto share = count / static_cast<std::int64_t>(senders) + 1;
  for (channel* c : slots) g.add_producer(*c, share);
  g.add(slots, {}, [&] { return consume_any(all, count, g); });
  return g.run();
}

node_task broadcast(runtime::array_output to, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    const message m = message::integer(first_value + i);
    co_await to.send_all(m);
  }
  co_await runtime::forever{};
}

node_task drop(input from) {
  for (;;) co_await from.receive();
}

elapsed fan_out(std::int64_t count, std::size_t receivers) {
  test_graph g;
  const std::vector<channel*> slots = g.add_channels(receivers);
  g.add({}, slots, [&] { return broadcast(runtime::array_output(slots), count); });
  for (std::size_t i = 0; i + 1 < receivers; ++i) {
    channel& from = *slots[i];
    g.add({&from}, {}, [&] { return drop(input(from)); });
  }
  g.add_consumer(*slots.back(), count);
  return g.run();
}

node_task deal(runtime::array_output to, std::int64_t count) {
  std::size_t slot = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    co_await to[slot].send(message::integer(first_value + i));
    slot = slot + 1 == to.size() ? 0 : slot + 1;
  }
  co_await runtime::forever{};
}

node_task grind_each(input from, output to) {
  for (;;) {
    const message m = co_await from.receive();
    const std::uint64_t ground = grind(static_cast<std::uint64_t>(from.integer(m)));
    co_await to.send(message::integer(static_cast<std::int64_t>(ground)));
  }
}

// Nodes that each work on their share of the messages, dealt in turn.
elapsed coarse_dealt(std::int64_t count, std::size_t nodes) {
  test_graph g;
  const std::vector<channel*> dealt = g.add_channels(nodes);
  const std::vector<channel*> ground = g.add_channels(nodes);
  runtime::selector all(ground);
  g.add({}, dealt, [&] { return deal(runtime::array_output(dealt), count); });
  for (std::size_t i = 0; i < nodes; ++i) {
    channel& from = *dealt[i];
    channel& to = *ground[i];
    g.add({&from}, {&to}, [&] { return grind_each(input(from), output(to)); });
  }
  g.add(ground, {}, [&] { return consume_any(all, count, g); });
  return g.run();
}

// Nodes that each work on every message, one after the other.
elapsed coarse_pipeline(std::int64_t count, std::size_t stages) {
  test_graph g;
  const std::vector<channel*> links = g.add_channels(stages + 1);
  g.add_producer(*links.front(), count);
  for (std::size_t i = 0; i < stages; ++i) {
    channel& from = *links[i];
    channel& to = *links[i + 1];
    g.add({&from}, {&to}, [&] { return grind_each(input(from), output(to)); });
  }
  g.add_consumer(*links.back(), count);
  return g.run();
}

node_task join_all(runtime::array_input from, std::int64_t count, test_graph& g) {
  std::vector<message> got(from.size());
  for (std::int64_t i = 0; i < count; ++i) {
    co_await from.receive_all(got);
    for (message& m : got) m = message();
  }
  g.end();
  co_await runtime::forever{};
}

// Nodes that each work on every message, side by side.
elapsed coarse_fork_join(std::int64_t count, std::size_t nodes) {
  test_graph g;
  const std::vector<channel*> forked = g.add_channels(nodes);
  const std::vector<channel*> ground = g.add_channels(nodes);
  g.add({}, forked, [&] { return broadcast(runtime::array_output(forked), count); });
  for (std::size_t i = 0; i < nodes; ++i) {
    channel& from = *forked[i];
    channel& to = *ground[i];
    g.add({&from}, {&to}, [&] { return grind_each(input(from), output(to)); });
  }
  g.add(ground, {}, [&] { return join_all(runtime::array_input(ground), count, g); });
  return g.run();
}

// The function `ref` between one producer an input and a consumer.
elapsed operation(std::int64_t count, std::string_view ref,
                  std::initializer_list<std::string_view> inputs) {
  test_graph g;
  std::vector<named_port> ins;
  for (const std::string_view name : inputs) {
    ins.push_back({.name = name, .slots = g.add_channels(1)});
    g.add_producer(*ins.back().slots[0], count);
  }
  channel& result = g.add_channel();
  g.add_function(ref, ins, {{.name = "res", .slots = {&result}}});
  g.add_consumer(result, count);
  return g.run();
}

}  // namespace

std::span<const work> passing_works() {
  static const work table[] = {
      {"hop", [](std::int64_t n) { return pipeline(n, 0); }},
      {"ping_pong", ping_pong},
      {"pipeline_8", [](std::int64_t n) { return pipeline(n, 8); }},
      {"pipeline_100", [](std::int64_t n) { return pipeline(n, 100); }},
      {"fan_in_16", [](std::int64_t n) { return fan_in(n, 16); }},
      {"fan_out_16", [](std::int64_t n) { return fan_out(n, 16); }},
      {"select_2", [](std::int64_t n) { return fan_in(n, 2); }},
      {"coarse_10us", [](std::int64_t n) { return coarse_dealt(n, 4); }},
      {"coarse_dealt_3", [](std::int64_t n) { return coarse_dealt(n, 3); }},
      {"coarse_pipeline_2", [](std::int64_t n) { return coarse_pipeline(n, 2); }},
      {"coarse_pipeline_4", [](std::int64_t n) { return coarse_pipeline(n, 4); }},
      {"coarse_pipeline_8", [](std::int64_t n) { return coarse_pipeline(n, 8); }},
      {"coarse_fork_join_4", [](std::int64_t n) { return coarse_fork_join(n, 4); }},
      {"two_input",
       [](std::int64_t n) {
         return operation(n, "int_is_lesser", {"left", "right"});
       }},
      {"struct_3",
       [](std::int64_t n) {
         return operation(n, "struct_builder", {"a", "b", "c"});
       }},
  };
  return table;
}

}  // namespace nevaperf::peers
