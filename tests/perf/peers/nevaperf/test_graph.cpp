#include "tests/perf/peers/nevaperf/test_graph.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "runtime/nodes/registry.hpp"

namespace nevaperf::peers {

namespace {

[[noreturn]] void die(std::string_view what) {
  std::fprintf(stderr, "error: %.*s\n", static_cast<int>(what.size()), what.data());
  std::exit(2);
}

std::span<const runtime::bound_port> bind(runtime::graph& g, const std::vector<named_port>& ports) {
  const std::span<runtime::bound_port> bound = g.memory().array<runtime::bound_port>(ports.size());
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const std::span<channel*> slots = g.memory().array<channel*>(ports[i].slots.size());
    std::copy(ports[i].slots.begin(), ports[i].slots.end(), slots.begin());
    bound[i] = {.name = ports[i].name, .slots = slots, .is_array = ports[i].is_array};
  }
  return bound;
}

std::vector<channel*> channels_of(const std::vector<named_port>& ports) {
  std::vector<channel*> all;
  for (const named_port& p : ports) all.insert(all.end(), p.slots.begin(), p.slots.end());
  return all;
}

unsigned workers = 1;

node_task produce(output to, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i) co_await to.send(message::integer(first_value + i));
  co_await runtime::forever{};
}

node_task consume(input from, std::int64_t count, test_graph& g) {
  for (std::int64_t i = 0; i < count; ++i) co_await from.receive();
  g.end();
  co_await runtime::forever{};
}

}  // namespace

void use_workers(unsigned count) {
  workers = count;
}

std::vector<channel*> test_graph::add_channels(std::size_t count) {
  std::vector<channel*> made(count);
  for (channel*& c : made) c = &add_channel();
  return made;
}

void test_graph::add_function(std::string_view ref, const std::vector<named_port>& ins,
                              const std::vector<named_port>& outs) {
  const runtime::function* f = runtime::find_function(ref);
  if (f == nullptr) die("no function '" + std::string(ref) + "' in the runtime");
  const runtime::frame_scope frames(inside_.memory());
  auto started = f->start({.ins = bind(inside_, ins),
                           .outs = bind(inside_, outs),
                           .config = {},
                           .world = nowhere_,
                           .home = inside_.home(),
                           .memory = inside_.memory()});
  if (!started) die(started.error().what);
  inside_.adopt(ref, channels_of(ins), channels_of(outs), std::move(*started));
}

void test_graph::add_producer(channel& to, std::int64_t count) {
  add({}, {&to}, [&] { return produce(output(to), count); });
}

void test_graph::add_consumer(channel& from, std::int64_t count) {
  add({&from}, {}, [&] { return consume(input(from), count, *this); });
}

void test_graph::end() {
  inside_.home().end(
      {.how = runtime::outcome::kind::stopped, .status = 0, .text = {}, .failure = {}});
}

elapsed test_graph::run() {
  inside_.use_workers(workers);
  const stopwatch watch;
  const runtime::outcome how = inside_.run();
  const elapsed took = watch.read();
  if (how.how != runtime::outcome::kind::stopped) die("the graph did not end: " + how.text);
  return took;
}

}  // namespace nevaperf::peers
