#include "runtime/program/graph.hpp"

#include <algorithm>
#include <exception>

#include "runtime/nodes/numeric.hpp"
#include "runtime/observe/instruments.hpp"
#include "runtime/port/ports.hpp"
#include "runtime/port/slot_helper.hpp"
#include "runtime/port/special_channel.hpp"
#include "runtime/program/deadlock.hpp"

namespace nevaperf::runtime {

namespace {

constexpr int failed_status = 2;

}  // namespace

graph::graph() = default;

graph::~graph() {
  const work_scope at_work({.graph = 0, .node = work_mark::wiring});
  scheduler_.shut_down();
  for (const node& n : nodes_) n.coroutine.destroy();
  for (channel* c : channels_) discard(*c);  // with the messages in flight
}

channel& graph::add_channel() {
  channel& c = *new (memory_.allocate(sizeof(channel))) channel();
  c.number = static_cast<std::uint32_t>(ends_.size());
  ends_.emplace_back();
  channels_.push_back(&c);
  return c;
}

std::uint32_t graph::adopt(std::string_view name, std::span<channel* const> ins,
                           std::span<channel* const> outs, node_task made) {
  const auto number = static_cast<std::uint32_t>(nodes_.size());
  const std::span<char> kept_name = memory_.array<char>(name.size());
  std::copy(name.begin(), name.end(), kept_name.begin());
  const std::span<channel*> kept = memory_.array<channel*>(ins.size() + outs.size());
  std::copy(outs.begin(), outs.end(), std::copy(ins.begin(), ins.end(), kept.begin()));
  const node_task::handle h = made.release();
  h.promise().home.store(&home(), std::memory_order_relaxed);
  h.promise().node = number;
  nodes_.push_back({.coroutine = h,
                    .name = {kept_name.data(), kept_name.size()},
                    .ins = kept.first(ins.size()),
                    .outs = kept.subspan(ins.size())});
  for (const channel* c : ins) ends_[c->number].receiver = number;
  for (const channel* c : outs) ends_[c->number].sender = number;
  return number;
}

void graph::start() {
  if (started_) return;
  started_ = true;
  const instruments& wanted = installed();
  observer* const watcher = watcher_ != nullptr ? watcher_ : wanted.watcher;
  const bool is_numbered = wanted.marks_work || wanted.watcher != nullptr;
  const work_scope at_work({.graph = is_numbered ? number() : 0, .node = work_mark::wiring});
  scheduler_.configure(
      {.workers = workers_,
       .place = placement_,
       .watcher = watcher,
       .marks_work = wanted.marks_work,
       .graph_number = work_mark::of(current_work.load(std::memory_order_relaxed)).graph,
       .share_channels_of = [this](task& t) { share_channels_of(nodes_[t.node]); },
       .before_waiting = before_waiting_});
  apply_variant();
  if (watcher != nullptr) {
    watcher->begins({.nodes = nodes_.size(), .channels = channels_.size()});
    for (channel* c : channels_) watch(*c, *watcher);
  }
  for (const node& n : nodes_) scheduler_.launch(n.coroutine.promise());
}

void graph::apply_variant() {
  if (variant_.capacity != 0)
    for (channel* c : channels_) add_buffer(*c, variant_.capacity);
  if (variant_.order != order_policy::needed_only)
    for (channel* c : channels_) order_select(*c, variant_.order);
  if (variant_.message != message_form::tagged16)
    for (channel* c : channels_) use_form(*c, variant_.message);
  if (variant_.slots != slot_handling::readiness) add_helpers();
}

// Only nodes with several channels on one side work on several at once.
void graph::add_helpers() {
  for (const node& n : nodes_) {
    if (n.ins.size() < 2 && n.outs.size() < 2) continue;
    slot_pool* pool = nullptr;
    if (variant_.slots == slot_handling::pool)
      pool = pools_
                 .emplace_back(
                     std::make_unique<slot_pool>(n.ins.size() + n.outs.size(), memory_.is_pooled()))
                 .get();
    for (channel* c : n.ins.size() < 2 ? std::span<channel* const>() : n.ins) {
      selector* const group = c->more != nullptr ? c->more->group : nullptr;
      if (group == nullptr)
        help_receiver(*c, pool, memory_.is_pooled());
      else if (group->slots().front() == c)
        group->use_helpers(pool, memory_.is_pooled());
    }
    for (channel* c : n.outs.size() < 2 ? std::span<channel* const>() : n.outs)
      help_sender(*c, pool, memory_.is_pooled());
  }
}

std::uint32_t graph::number() const {
  std::uint64_t likeness = 1469598103934665603U;  // FNV-1a
  const auto mix = [&likeness](std::uint64_t value) {
    likeness = (likeness ^ value) * 1099511628211U;
  };
  for (const node& n : nodes_) {
    for (const char c : n.name) mix(static_cast<unsigned char>(c));
    mix(UINT64_MAX);
  }
  for (const ends& e : ends_) {
    mix(e.sender);
    mix(e.receiver);
  }
  return number_graph(likeness, [this] {
    described_graph made;
    for (const node& n : nodes_) made.nodes.emplace_back(n.name);
    const graph_names all = names();
    for (std::uint32_t c = 0; c < channels_.size(); ++c)
      made.channels.push_back(all.channel(channel_id(c)));
    return made;
  });
}

void graph::share_channels_of(const node& n) {
  for (channel* c : n.ins) share(*c);
  for (channel* c : n.outs) share(*c);
}

bool graph::run_some(std::uint64_t steps) {
  start();
  return scheduler_.run_some(steps);
}

outcome graph::run() {
  start();
  scheduler_.run();
  if (observer* const watcher = watcher_ != nullptr ? watcher_ : installed().watcher)
    watcher->ends(
        {.workers = scheduler_.threads_started() + 1, .splits = scheduler_.cluster_count() - 1});
  return result();
}

outcome graph::result() const {
  if (!scheduler_.ended())
    return {.how = outcome::kind::deadlocked,
            .status = failed_status,
            .text = deadlock_report(*this),
            .failure = {}};
  if (scheduler_.failed() && scheduler_.ended()->how == outcome::kind::failed)
    return explain_failure();
  return *scheduler_.ended();
}

outcome graph::explain_failure() const {
  outcome how = *scheduler_.ended();
  how.status = failed_status;
  how.failure.where = std::string(nodes_[scheduler_.failed()->node].name);
  try {
    std::rethrow_exception(scheduler_.failed()->thrown);
  } catch (const unexpected_value& e) {
    if (e.at != nullptr) how.failure.where = port_name(*e.at, false);
    how.failure.what = "expected " + e.expected + ", got " + e.got;
  } catch (const impossible_operation& e) {
    how.failure.what = e.what;
  } catch (const std::bad_alloc&) {
    how.failure.what = "out of memory";
  } catch (const std::exception& e) {
    how.failure.what = e.what();
  } catch (...) {
    how.failure.what = "a node threw what is no std::exception";
  }
  return how;
}

std::string graph::port_name(const channel& c, bool sending) const {
  if (namer_) return namer_(c, sending);
  const ends& e = ends_of(c);
  const std::uint32_t number = sending ? e.sender : e.receiver;
  if (number == outside) return "outside";
  const node& n = nodes_[number];
  const auto ports = sending ? n.outs : n.ins;
  const auto slot = std::find(ports.begin(), ports.end(), &c) - ports.begin();
  return std::string(n.name) + (sending ? ":out[" : ":in[") + std::to_string(slot) + "]";
}

graph_names graph::names() const {
  return {.node = [this](base::node_id n) { return std::string(nodes_[n.index()].name); },
          .channel = [this](channel_id c) -> graph_names::channel_ends {
            const channel& one = *channels_[c.index()];
            return {port_name(one, true), port_name(one, false)};
          }};
}

}  // namespace nevaperf::runtime
