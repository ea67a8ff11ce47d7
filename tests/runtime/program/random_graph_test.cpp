// Random graphs, run on one worker and on several with every node in a cluster of its own: the same
// messages must arrive, in an order that the senders' order allows.
//
// A graph is layers of nodes; each node has one input channel from each of its predecessors, merges
// them through a select or receives them all together, does something to the values and passes the
// result to all its successors. The sources send numbered messages. A failing graph is shrunk
// (fewer messages, fewer nodes) before it is shown.
#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <sstream>

#include "runtime/message/list.hpp"
#include "runtime/port/ports.hpp"
#include "runtime/program/graph.hpp"
#include "tests/runtime/variants.hpp"
#include "tests/support/catch.hpp"

using namespace nevaperf::runtime;
using nevaperf::tests::named_variant;
using nevaperf::tests::variants;

namespace {

struct recipe {
  unsigned seed = 0;
  std::size_t sources = 1;
  std::size_t middles = 1;
  std::int64_t messages = 10;  // of each source
  std::size_t capacity = 0;    // of all channels
  const named_variant* variant = &variants[0];

  [[nodiscard]] std::string text() const {
    std::ostringstream out;
    out << "seed " << seed << ", " << sources << " sources, " << middles << " middles, " << messages
        << " messages, capacity " << capacity << ", " << variant->name;
    return out.str();
  }
};

// (source, number): encoded in one int, with the source in the upper digits.
constexpr std::int64_t source_unit = 1'000'000;

node_task source(array_output to, std::int64_t id, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) {
    const message m = message::integer(id * source_unit + i);
    co_await to.send_all(m);
  }
  const message end = message::boolean(true);
  co_await to.send_all(end);
}

// Passes everything on, oldest first, until every predecessor has ended.
node_task merger(selector& from, array_output to) {
  for (std::size_t ended = 0; ended < from.size();) {
    const selected next = co_await from.select();
    if (next.value.is(kind::boolean))
      ++ended;
    else
      co_await to.send_all(next.value);
  }
  const message end = message::boolean(true);
  co_await to.send_all(end);
}

node_task relay(input from, array_output to) {
  for (;;) {
    const message m = co_await from.receive();
    co_await to.send_all(m);
    if (m.is(kind::boolean)) co_return;
  }
}

node_task collector(selector& from, cluster& home, std::vector<std::vector<std::int64_t>>& got) {
  for (std::size_t ended = 0; ended < from.size();) {
    const selected next = co_await from.select();
    if (next.value.is(kind::boolean))
      ++ended;
    else
      got[next.slot].push_back(next.value.as_integer());
  }
  home.end({});
}

struct wired {
  graph g;
  std::vector<std::vector<std::int64_t>> got;  // by slot of the collector
};

// Wires the graph of a recipe: who feeds whom is drawn from the seed, every node reaches the
// collector.
void wire(const recipe& r, wired& w) {
  std::mt19937 random(r.seed);
  const std::size_t inner = r.sources + r.middles;
  std::vector<std::vector<channel*>> ins(inner + 1);
  std::vector<std::vector<channel*>> outs(inner);
  const auto connect = [&](std::size_t from, std::size_t to) {
    channel& c = w.g.add_channel();
    add_buffer(c, r.capacity);
    outs[from].push_back(&c);
    ins[to].push_back(&c);
  };
  for (std::size_t to = r.sources; to < inner; ++to) {
    const std::size_t wanted = 1 + random() % 3;
    for (std::size_t i = 0; i < wanted; ++i) connect(random() % to, to);
  }
  for (std::size_t from = 0; from < inner; ++from)
    if (outs[from].empty() || random() % 4 == 0) connect(from, inner);

  w.got.resize(ins[inner].size());
  const auto kept = [&](const std::vector<channel*>& channels) {
    const std::span<channel*> all = w.g.memory().array<channel*>(channels.size());
    std::copy(channels.begin(), channels.end(), all.begin());
    return std::span<channel* const>(all);
  };
  for (std::size_t n = 0; n < inner; ++n) {
    const auto from = kept(ins[n]);
    const auto to = kept(outs[n]);
    w.g.add_node("node " + std::to_string(n), from, to, [&] {
      if (n < r.sources) return source(array_output(to), static_cast<std::int64_t>(n), r.messages);
      if (from.size() == 1) return relay(input(*from[0]), array_output(to));
      return merger(w.g.memory().make<selector>(from), array_output(to));
    });
  }
  const auto from = kept(ins[inner]);
  w.g.add_node("collector", from, {},
               [&] { return collector(w.g.memory().make<selector>(from), w.g.home(), w.got); });
}

struct result_of_run {
  std::string trouble;                                      // empty: fine
  std::vector<std::map<std::int64_t, std::size_t>> counts;  // by slot: how often each value came
};

result_of_run run(const recipe& r, unsigned workers) {
  wired w;
  wire(r, w);
  w.g.use_channels(r.variant->how);
  w.g.use_workers(workers,
                  workers > 1 ? scheduler::placement::spread : scheduler::placement::adaptive);
  const outcome how = w.g.run();
  result_of_run out;
  if (how.how != outcome::kind::stopped) out.trouble = "ended otherwise: " + how.text;
  for (const std::vector<std::int64_t>& slot : w.got) {
    out.counts.emplace_back();
    for (std::int64_t value : slot) ++out.counts.back()[value];
  }
  return out;
}

// What is wrong with the graph on several workers; empty: nothing.
std::string compare(const recipe& r, unsigned workers) {
  recipe plain = r;
  plain.variant = &variants[0];
  const result_of_run one = run(plain, 1);
  const result_of_run many = run(r, workers);
  if (!one.trouble.empty()) return "one worker: " + one.trouble;
  if (!many.trouble.empty()) return "several workers: " + many.trouble;
  return one.counts == many.counts ? "" : "different messages arrived";
}

recipe shrink(recipe r, unsigned workers) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    recipe fewer_messages = r;
    fewer_messages.messages /= 2;
    recipe fewer_middles = r;
    fewer_middles.middles /= 2;
    recipe fewer_sources = r;
    fewer_sources.sources /= 2;
    for (const recipe& less : {fewer_messages, fewer_middles, fewer_sources}) {
      if (less.messages == 0 || less.sources == 0 || less.middles == 0) continue;
      if (less.messages == r.messages && less.middles == r.middles && less.sources == r.sources)
        continue;
      if (compare(less, workers).empty()) continue;
      r = less;
      smaller = true;
      break;
    }
  }
  return r;
}

}  // namespace

TEST_CASE("random graphs give the same on one worker and on several, in every variant") {
  constexpr unsigned graphs = 700;
  for (unsigned seed = 1; seed <= graphs; ++seed) {
    std::mt19937 random(seed);
    const recipe r{seed,
                   1 + random() % 4,
                   1 + random() % 8,
                   static_cast<std::int64_t>(1 + random() % 60),
                   std::array<std::size_t, 4>{0, 0, 1, 7}[random() % 4],
                   &variants[seed % std::size(variants)]};
    const auto workers = static_cast<unsigned>(1 + random() % 4);
    const std::string trouble = compare(r, workers);
    const std::string smallest = trouble.empty() ? "" : shrink(r, workers).text();
    INFO(r.text() << ", " << workers << " workers; smallest: " << smallest);
    REQUIRE(trouble == "");
  }
}

TEST_CASE(
    "causally ordered sends arrive at a select in their order, whatever the workers and who "
    "waits") {
  // first sends to the select, then wakes second, which sends to the select: first's message is the
  // earlier one.
  struct nodes {
    static node_task first(output to_select, output to_second, std::int64_t count) {
      for (std::int64_t i = 0; i < count; ++i) {
        co_await to_select.send(message::integer(2 * i));
        co_await to_second.send(message::integer(i));
      }
    }
    static node_task second(input from_first, output to_select) {
      for (;;) {
        const message m = co_await from_first.receive();
        co_await to_select.send(message::integer(2 * m.as_integer() + 1));
      }
    }
    static node_task check(selector& from, cluster& home, std::int64_t count, bool& ordered) {
      std::int64_t last_of_first = -1;
      for (std::int64_t i = 0; i < 2 * count; ++i) {
        const selected next = co_await from.select();
        const std::int64_t value = next.value.as_integer();
        if (next.slot == 0) last_of_first = value;
        ordered = ordered && (next.slot == 0 || last_of_first >= value - 1);
      }
      home.end({});
    }
  };
  const unsigned seed = GENERATE(range(0U, 4U));
  for (const named_variant& variant : variants) {
    const std::size_t capacity = seed % 2 == 0 ? 0 : 16;
    const unsigned workers = seed < 2 ? 1 : 3;
    INFO(variant.name << ", capacity " << capacity << ", " << workers << " workers");
    constexpr std::int64_t count = 2000;
    graph g;
    channel& a = g.add_channel();
    channel& b = g.add_channel();
    channel& between = g.add_channel();
    channel* const slots[] = {&a, &b};
    selector& s = g.memory().make<selector>(std::span<channel* const>(slots));
    bool ordered = true;
    g.add_node("first", {}, {&a, &between},
               [&] { return nodes::first(output(a), output(between), count); });
    g.add_node("second", {&between}, {&b},
               [&] { return nodes::second(input(between), output(b)); });
    g.add_node("check", {&a, &b}, {}, [&] { return nodes::check(s, g.home(), count, ordered); });
    g.use_channels(
        {.capacity = capacity, .message = variant.how.message, .slots = variant.how.slots});
    g.use_workers(workers,
                  workers > 1 ? scheduler::placement::spread : scheduler::placement::adaptive);
    CHECK(g.run().how == outcome::kind::stopped);
    CHECK(ordered);
  }
}

TEST_CASE("senders in opposite order do not block each other") {
  struct nodes {
    static node_task sender(output first, output second, std::int64_t count) {
      for (std::int64_t i = 0; i < count; ++i) {
        co_await first.send(message::integer(i));
        co_await second.send(message::integer(i));
      }
    }
    static node_task both(input left, input right, cluster& home, std::int64_t count) {
      for (std::int64_t i = 0; i < count; ++i) co_await receive_both(left, right);
      home.end({});
    }
  };
  for (const named_variant& variant : variants)
    for (const unsigned mode : {0U, 1U, 2U, 3U}) {
      const unsigned workers = mode % 2 == 0 ? 1 : 3;
      const bool swapped = mode >= 2;
      INFO(variant.name << ", " << workers << " workers, swapped: " << swapped);
      graph g;
      channel& a = g.add_channel();
      channel& b = g.add_channel();
      g.add_node("sender", {}, {&a, &b}, [&] {
        return swapped ? nodes::sender(output(b), output(a), 500)
                       : nodes::sender(output(a), output(b), 500);
      });
      g.add_node("both", {&a, &b}, {},
                 [&] { return nodes::both(input(a), input(b), g.home(), 500); });
      g.use_channels(variant.how);
      g.use_workers(workers,
                    workers > 1 ? scheduler::placement::spread : scheduler::placement::adaptive);
      CHECK(g.run().how == outcome::kind::stopped);
    }
}
