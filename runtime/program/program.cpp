#include "runtime/program/program.hpp"

#include <algorithm>
#include <thread>

#include "runtime/message/structure.hpp"
#include "runtime/observe/instruments.hpp"

namespace nevaperf::runtime {

namespace {

node_task send_start(output start) {
  co_await start.send(empty_structure());
  co_await forever{};
}

node_task await_stop(input stop, cluster& home) {
  co_await stop.receive();
  home.end({.how = outcome::kind::stopped, .status = 0, .text = {}, .failure = {}});
  co_await forever{};
}

// The channels of a node's ports in the memory of the graph.
std::span<const bound_port> bind_ports(graph& g, const std::vector<planned_port>& ports,
                                       std::span<channel* const> channels) {
  const std::span<bound_port> bound = g.memory().array<bound_port>(ports.size());
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const std::vector<std::uint32_t>& numbers = ports[i].channels;
    const std::span<channel*> slots = g.memory().array<channel*>(numbers.size());
    for (std::size_t s = 0; s < numbers.size(); ++s) slots[s] = channels[numbers[s]];
    bound[i] = {.name = ports[i].name, .slots = slots, .is_array = ports[i].is_array};
  }
  return bound;
}

std::vector<channel*> channels_of(std::span<const bound_port> ports) {
  std::vector<channel*> all;
  for (const bound_port& p : ports) all.insert(all.end(), p.slots.begin(), p.slots.end());
  return all;
}

// Asking the system costs as much as a small program's whole run.
unsigned all_cpus() {
  static const unsigned count = std::max(1U, std::thread::hardware_concurrency());
  return count;
}

// Texts of the file are quoted in errors; whoever wrote a megabyte into one gets its beginning.
base::error shortened(base::error e) {
  constexpr std::size_t longest_part = 300;
  for (std::string* part : {&e.what, &e.where}) {
    if (part->size() <= longest_part) continue;
    std::size_t end = longest_part;
    while (end > 0 && (static_cast<unsigned char>((*part)[end]) & 0xc0) == 0x80) --end;  // UTF-8
    part->resize(end);
    *part += "...";
  }
  return e;
}

}  // namespace

base::result<program> program::load(std::string_view json) {
  const work_scope at_work({.graph = 0, .node = work_mark::loading});
  auto ir = parse_ir(json);
  if (!ir) return shortened(ir.error());
  auto plan = plan_wiring(*ir);
  if (!plan) return shortened(plan.error());
  program loaded(std::move(*plan));
  // Functions check their configuration when they start; a dry wiring shows it before anything
  // runs.
  environment nowhere = environment::silent();
  if (auto wired = loaded.wire(nowhere); !wired) return shortened(wired.error());
  return loaded;
}

base::result<std::unique_ptr<graph>> program::wire(environment& world) const {
  return wire(std::make_unique<graph>(), world);
}

base::result<std::unique_ptr<graph>> program::wire(std::unique_ptr<graph> g,
                                                   environment& world) const {
  cluster& home = g->home();
  return wire(
      std::move(g), world, [](output start) { return send_start(start); },
      [&home](input stop) { return await_stop(stop, home); });
}

base::result<std::unique_ptr<graph>> program::wire(environment& world, const starter& at_start,
                                                   const stopper& at_stop) const {
  return wire(std::make_unique<graph>(), world, at_start, at_stop);
}

base::result<std::unique_ptr<graph>> program::wire(std::unique_ptr<graph> g, environment& world,
                                                   const starter& at_start,
                                                   const stopper& at_stop) const {
  const work_scope at_work({.graph = 0, .node = work_mark::wiring});
  std::vector<channel*> channels(plan_->channels.size());
  for (channel*& c : channels) c = &g->add_channel();
  g->name_ports([plan = plan_](const channel& c, bool sending) {
    const wiring_plan::link& l = plan->channels[c.number];
    return sending ? l.from : l.to;
  });

  const frame_scope frames(g->memory());
  for (const planned_node& n : plan_->nodes) {
    const binding b{.ins = bind_ports(*g, n.ins, channels),
                    .outs = bind_ports(*g, n.outs, channels),
                    .config = n.config,
                    .world = world,
                    .home = g->home(),
                    .memory = g->memory()};
    auto started = n.behaviour->start(b);
    if (!started) return started.error().within(n.place + " (" + n.name + ")");
    g->adopt(n.name, channels_of(b.ins), channels_of(b.outs), std::move(*started));
  }
  channel& start = *channels[plan_->start];
  channel& stop = *channels[plan_->stop];
  // As `names` has them: the nodes of the plan, then these two.
  g->add_node("in", {}, {&start}, [&] { return at_start(output(start)); });
  g->add_node("out", {&stop}, {}, [&] { return at_stop(input(stop)); });
  return g;
}

outcome program::run(environment& world, const run_options& options) const {
  const work_scope at_work({.graph = 0, .node = work_mark::wiring});
  auto made = std::make_unique<graph>();
  if (!options.uses_pools) made->use_no_pools();
  auto wired = wire(std::move(made), world);
  if (!wired)
    return {.how = outcome::kind::failed, .status = 2, .text = {}, .failure = wired.error()};
  graph& g = **wired;
  g.use_workers(options.workers != 0 ? options.workers : all_cpus());
  g.use_channels(options.channels);
  g.before_waiting([&world] { world.out.flush(); });
  if (options.watcher != nullptr) g.observe(*options.watcher);
  outcome how = [&] {
    const std::stop_callback cancel(options.stop, [&g] { g.cancel(); });
    return g.run();
  }();
  base::error loss;
  if (!world.out.flush()) {
    loss = *world.out.failure();
    if (const channel* from = world.out.first_lost()) loss = loss.within(g.port_name(*from, false));
  }
  wired->reset();  // before the services that its nodes use
  world.services.clear();
  if (!loss.what.empty() && how.status == 0)
    return {.how = outcome::kind::failed, .status = 2, .text = {}, .failure = loss};
  return how;
}

graph_names program::names() const {
  return {.node = [plan = plan_](base::node_id n) -> std::string {
            if (n.index() < plan->nodes.size()) return plan->nodes[n.index()].name;
            return n.index() == plan->nodes.size() ? "in" : "out";
          },
          .channel = [plan = plan_](channel_id c) -> graph_names::channel_ends {
            const wiring_plan::link& l = plan->channels[c.index()];
            return {l.from, l.to};
          }};
}

}  // namespace nevaperf::runtime
