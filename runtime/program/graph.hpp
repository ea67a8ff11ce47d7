// A wired graph: its nodes (coroutines), its channels, and the memory that holds them.
//
// Used by the program loader, by the built-in scenarios and by whoever embeds the runtime:
//
//   graph g;
//   channel& numbers = g.add_channel();
//   g.add_node("producer", {}, {&numbers}, [&] { return producer(output(numbers)); });
//   g.add_node("sink", {&numbers}, {}, [&] { return sink(input(numbers), g.home()); });
//   outcome how = g.run();
//
// A graph runs once. Destroying it destroys every node, wherever it is suspended, and all messages
// in flight.
//
// Thread safety: owner only, except `cancel`: any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/observe/graph_names.hpp"
#include "runtime/port/arrivals.hpp"
#include "runtime/port/channel.hpp"
#include "runtime/port/message_form.hpp"
#include "runtime/port/slot_handling.hpp"
#include "runtime/schedule/frame_arena.hpp"
#include "runtime/schedule/scheduler.hpp"

namespace nevaperf::runtime {

class slot_pool;

class graph {
 public:
  static constexpr std::uint32_t outside =
      UINT32_MAX;  // no node: an end of a channel that is not connected

  struct node {
    node_task::handle coroutine;
    std::string_view name;
    std::span<channel* const> ins;
    std::span<channel* const> outs;
  };
  struct ends {
    std::uint32_t sender = outside;
    std::uint32_t receiver = outside;
  };

  graph();
  graph(const graph&) = delete;
  graph& operator=(const graph&) = delete;
  ~graph();

  channel& add_channel();

  // `make` calls a node coroutine; the frame is placed in this graph. The node starts when the
  // graph runs.
  template <class Make>
  std::uint32_t add_node(std::string_view name, std::span<channel* const> ins,
                         std::span<channel* const> outs, Make&& make) {
    const frame_scope scope(memory_);
    return adopt(name, ins, outs, make());
  }
  template <class Make>
  std::uint32_t add_node(std::string_view name, std::initializer_list<channel*> ins,
                         std::initializer_list<channel*> outs, Make&& make) {
    return add_node(name, std::span(ins.begin(), ins.size()), std::span(outs.begin(), outs.size()),
                    std::forward<Make>(make));
  }
  std::uint32_t adopt(std::string_view name, std::span<channel* const> ins,
                      std::span<channel* const> outs, node_task task);

  // Runs until the program ends or nothing can run any more.
  outcome run();
  // A graph whose nodes go on for ever may be run in steps: at most `steps` resumptions; true if
  // there is more to do.
  bool run_some(std::uint64_t steps);
  // When it has nothing more to do at once: waits for a timer or a blocking call. False: the run
  // has ended, or nothing can happen any more until the caller makes a node ready.
  bool wait_some() { return scheduler_.wait_some(); }
  // How a run in steps ended; a deadlock if it did not.
  [[nodiscard]] outcome result() const;

  // The number of threads that `run` may use; see scheduler.hpp for when it does. Before the run.
  void use_workers(unsigned count, scheduler::placement place = scheduler::placement::adaptive) {
    workers_ = count;
    placement_ = place;
  }
  // How channels and selects behave; the defaults are what programs expect and the fastest
  // measured. Before the run.
  struct channel_variant {
    std::size_t capacity = 0;  // messages that a channel holds besides the one being sent
    order_policy order = order_policy::needed_only;
    message_form message = message_form::tagged16;  // how messages lie in channels
    // Who waits at the slots of a select or an array port.
    slot_handling slots = slot_handling::readiness;
  };
  void use_channels(channel_variant v) { variant_ = v; }
  // Frames of nodes and of helpers, channels and tables come from the allocator one by one, instead
  // of chunks that the graph keeps. Payloads of messages come from the allocator in any case.
  // Before anything is added.
  void use_no_pools() { memory_.use_single_blocks(); }
  // Tells `watcher` about every step and message. Before the run.
  void observe(observer& watcher) { watcher_ = &watcher; }
  // Called before a worker waits for time or input.
  void before_waiting(std::function<void()> call) { before_waiting_ = std::move(call); }
  // Ends a run from any thread.
  void cancel() { scheduler_.cancel(); }

  [[nodiscard]] cluster& home() { return scheduler_.first_cluster(); }
  [[nodiscard]] const scheduler& scheduling() const { return scheduler_; }
  [[nodiscard]] frame_arena& memory() { return memory_; }
  [[nodiscard]] std::span<const node> nodes() const { return nodes_; }
  [[nodiscard]] const ends& ends_of(const channel& c) const { return ends_[c.number]; }
  [[nodiscard]] std::span<channel* const> channels() const { return channels_; }
  [[nodiscard]] std::size_t channel_count() const { return ends_.size(); }
  // How a channel's end is called in reports, by default "node:in[0]"; programs have real names.
  using port_namer = std::function<std::string(const channel&, bool sending)>;
  void name_ports(port_namer namer) { namer_ = std::move(namer); }
  [[nodiscard]] std::string port_name(const channel& c, bool sending) const;
  // For what an observer saw; as long as this graph lives.
  [[nodiscard]] graph_names names() const;

 private:
  outcome explain_failure() const;
  void start();
  [[nodiscard]] std::uint32_t number() const;
  static void share_channels_of(const node& n);
  void apply_variant();
  void add_helpers();

  frame_arena memory_;
  scheduler scheduler_;
  std::vector<node> nodes_;
  std::vector<channel*> channels_;
  std::vector<ends> ends_;
  port_namer namer_;
  std::function<void()> before_waiting_;
  observer* watcher_ = nullptr;
  channel_variant variant_;
  std::vector<std::unique_ptr<slot_pool>> pools_;
  unsigned workers_ = 1;
  scheduler::placement placement_ = scheduler::placement::adaptive;
  bool started_ = false;
};

}  // namespace nevaperf::runtime
