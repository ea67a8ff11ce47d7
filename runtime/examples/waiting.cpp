// Waiting for time and for a blocking call: the worker goes on with other nodes meanwhile.
#include <chrono>
#include <cstdio>
#include <thread>

#include "runtime/port/ports.hpp"
#include "runtime/program/graph.hpp"
#include "runtime/schedule/waits.hpp"

using namespace nevaperf::runtime;
using namespace std::chrono_literals;

namespace {

node_task sleeper(output done) {
  co_await sleep_for(40ms);
  co_await done.send(message::string("slept"));
}

node_task caller(output done) {
  int answer = 0;
  co_await blocking_call([&](const blocking_pool&) {
    std::this_thread::sleep_for(5ms);  // stands for a read, a request...
    answer = 42;
  });
  co_await done.send(message::integer(answer));
}

node_task wait_for(input call, input sleep, cluster& home) {
  auto [answer, slept] = co_await receive_both(call, sleep);
  std::printf("%lld %.*s\n", static_cast<long long>(call.integer(answer)),
              static_cast<int>(sleep.string(slept).size()), sleep.string(slept).data());
  home.end({});
}

}  // namespace

int main() {
  graph g;
  channel& slept = g.add_channel();
  channel& called = g.add_channel();
  g.add_node("sleeper", {}, {&slept}, [&] { return sleeper(output(slept)); });
  g.add_node("caller", {}, {&called}, [&] { return caller(output(called)); });
  g.add_node("end", {&called, &slept}, {},
             [&] { return wait_for(input(called), input(slept), g.home()); });
  return g.run().status;
}
