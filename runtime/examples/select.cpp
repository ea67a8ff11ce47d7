// Select: one node serves several senders, oldest message first.
#include <array>
#include <cstdio>

#include "runtime/port/ports.hpp"
#include "runtime/program/graph.hpp"

using namespace nevaperf::runtime;

namespace {

node_task ask(std::int64_t first, output question) {
  for (std::int64_t i = first; i < first + 3; ++i) co_await question.send(message::integer(i));
}

node_task serve(selector& questions, int count, cluster& home) {
  for (int i = 0; i < count; ++i) {
    const selected next = co_await questions.select();
    std::printf("slot %zu: %lld\n", next.slot, static_cast<long long>(next.value.as_integer()));
  }
  home.end({});
}

}  // namespace

int main() {
  graph g;
  const std::array<channel*, 2> slots{&g.add_channel(), &g.add_channel()};
  selector& questions = g.memory().make<selector>(std::span<channel* const>(slots));
  g.add_node("a", {}, {slots[0]}, [&] { return ask(10, output(*slots[0])); });
  g.add_node("b", {}, {slots[1]}, [&] { return ask(20, output(*slots[1])); });
  g.add_node("server", slots, {}, [&] { return serve(questions, 6, g.home()); });
  return g.run().status;
}
