// A Neva program that can run: IR that was checked and can be wired, any number of times.
//
//   auto checked = program::load(json_text);     // refuses broken IR before anything runs
//   outcome how = checked->run(world);
//
// Checked are: known functions, ports by signature (missing, unknown, single or array, slots
// without gaps), every port used once and connected, no connection that leads nowhere or in a
// circle, configuration values. A port that several senders reach gets their messages merged,
// oldest first.
//
// Thread safety: `run` may be called by any thread, one call at a time.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "runtime/nodes/function.hpp"
#include "runtime/program/graph.hpp"
#include "runtime/program/ir.hpp"

namespace nevaperf::runtime {

// One port of a node: its slots as channel numbers.
struct planned_port {
  std::string name;
  bool is_array = false;
  std::vector<std::uint32_t> channels;
};

struct planned_node {
  const function* behaviour = nullptr;
  std::string name;   // node path
  std::string place;  // in the file
  message config;
  std::vector<planned_port> ins;
  std::vector<planned_port> outs;
};

// Channels with the addresses of their ends, and nodes that refer to them by number: what wiring
// needs and no more.
struct wiring_plan {
  struct link {
    std::string from;  // as in the file; "in:start" for the program's own
    std::string to;
  };
  std::vector<link> channels;
  std::vector<planned_node> nodes;
  std::uint32_t start = 0;  // channels that the program itself sends to and receives from
  std::uint32_t stop = 0;
};

base::result<wiring_plan> plan_wiring(const ir_program& ir);

struct run_options {
  // Threads that may run nodes; see scheduler.hpp for when they do. 0: one for each CPU.
  unsigned workers = 0;
  graph::channel_variant channels = {};
  bool uses_pools = true;       // false: see graph::use_no_pools
  observer* watcher = nullptr;  // told about every step and message
  std::stop_token stop = {};    // cancels the run, from any thread
};

class program {
 public:
  static base::result<program> load(std::string_view json);

  // Runs from start to the end. Output is flushed; a failed write turns a good end into a failure.
  outcome run(environment& world, const run_options& options = {}) const;
  // Wires without running: an error here is a configuration that a function refuses.
  base::result<std::unique_ptr<graph>> wire(environment& world) const;
  // The same with other nodes than usual at in:start and out:stop.
  using starter = std::function<node_task(output)>;
  using stopper = std::function<node_task(input)>;
  base::result<std::unique_ptr<graph>> wire(environment& world, const starter& at_start,
                                            const stopper& at_stop) const;

  [[nodiscard]] const wiring_plan& plan() const { return *plan_; }
  // Of its graphs, for what an observer saw of a run.
  [[nodiscard]] graph_names names() const;

 private:
  explicit program(wiring_plan plan)
      : plan_(std::make_shared<const wiring_plan>(std::move(plan))) {}
  base::result<std::unique_ptr<graph>> wire(std::unique_ptr<graph> g, environment& world) const;
  base::result<std::unique_ptr<graph>> wire(std::unique_ptr<graph> g, environment& world,
                                            const starter& at_start, const stopper& at_stop) const;

  std::shared_ptr<const wiring_plan> plan_;  // graphs refer to it and may live longer
};

}  // namespace nevaperf::runtime
