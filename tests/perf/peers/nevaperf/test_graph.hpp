// A graph for the works: nodes from coroutines or from functions by ref, run from start to end on
// one worker.
//
// Thread safety: none.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "runtime/nodes/function.hpp"
#include "runtime/port/ports.hpp"
#include "runtime/program/graph.hpp"
#include "tests/perf/peers/work.hpp"

namespace nevaperf::peers {

using runtime::channel;
using runtime::input;
using runtime::message;
using runtime::node_task;
using runtime::output;

struct named_port {
  std::string_view name;
  std::vector<channel*> slots;
  bool is_array = false;
};

class test_graph {
 public:
  channel& add_channel() { return inside_.add_channel(); }
  std::vector<channel*> add_channels(std::size_t count);
  template <class Make>
  void add(std::initializer_list<channel*> ins, std::initializer_list<channel*> outs, Make&& make) {
    inside_.add_node("node", ins, outs, std::forward<Make>(make));
  }
  template <class Make>
  void add(const std::vector<channel*>& ins, const std::vector<channel*>& outs, Make&& make) {
    inside_.add_node("node", std::span<channel* const>(ins), std::span<channel* const>(outs),
                     std::forward<Make>(make));
  }
  void add_function(std::string_view ref, const std::vector<named_port>& ins,
                    const std::vector<named_port>& outs);

  // The sending end: `count` integers from first_value on.
  void add_producer(channel& to, std::int64_t count);
  // The receiving end: `count` messages, then the run ends.
  void add_consumer(channel& from, std::int64_t count);
  void end();

  // Ends the process if the graph did not run to its end: a time would mean nothing.
  elapsed run();

  [[nodiscard]] runtime::graph& inside() { return inside_; }

 private:
  runtime::environment nowhere_ = runtime::environment::silent();
  runtime::graph inside_;
};

}  // namespace nevaperf::peers
