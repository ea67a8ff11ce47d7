// The same works on CAF 0.17: event-based actors, one scheduler thread.
//
// Actors have mailboxes, not channels. So that a producer does not just fill one, it may be at most
// `window` messages ahead; the last receiver grants it half a window at a time. A window of one,
// which is what an unbuffered channel means, would cost CAF twice as many messages.
//
// Every run has its own actor system, which waits for its actors when it goes. Time runs from the
// producers' first message to the last one received, taken inside actors: the sleep of an idle
// scheduler does not count.
#include <array>
#include <caf/all.hpp>
#include <deque>
#include <memory>
#include <optional>

#include "tests/perf/peers/work.hpp"

namespace nevaperf::peers {

namespace {

using caf::actor;
using caf::behavior;
using caf::event_based_actor;
using start_message = caf::atom_constant<caf::atom("start")>;
using credit_message = caf::atom_constant<caf::atom("credit")>;
using done_message = caf::atom_constant<caf::atom("done")>;
using producers_message = caf::atom_constant<caf::atom("producers")>;
using slot_number = std::uint32_t;

constexpr std::int64_t window = 32;

unsigned workers = 1;

struct few_threads : caf::actor_system_config {
  few_threads() { set("scheduler.max-threads", workers); }
};

// One run: its actors, and the time between its first and last message.
class race {
 public:
  template <class Function, class... Args>
  actor spawn(Function&& f, Args&&... args) {
    all_.push_back(system_.spawn(std::forward<Function>(f), std::forward<Args>(args)...));
    return all_.back();
  }

  void first_message() {
    if (!watch_) watch_.emplace();
  }
  void last_message(event_based_actor* self) {
    took_ = watch_->read();
    self->send(caf::actor_cast<actor>(self_), done_message::value);
  }

  elapsed run(const std::vector<actor>& producers) {
    for (const actor& p : producers) self_->send(p, start_message::value);
    self_->receive([](done_message) {});
    for (const actor& a : all_) self_->send_exit(a, caf::exit_reason::kill);
    return took_;
  }

 private:
  std::optional<stopwatch> watch_;
  elapsed took_;
  few_threads config_;
  caf::actor_system system_{config_};
  caf::scoped_actor self_{system_};
  std::vector<actor> all_;
};

// Sends up to `count` integers to each of `to`, with its slot number.
behavior produce(event_based_actor* self, race* r, std::vector<actor> to, slot_number slot,
                 std::int64_t count) {
  auto send_some = [=, left = count, next = first_value](std::int64_t credit) mutable {
    for (; credit > 0 && left > 0; --credit, --left, ++next)
      for (const actor& a : to) self->send(a, next, slot);
  };
  auto shared = std::make_shared<decltype(send_some)>(std::move(send_some));
  return {[=](start_message) {
            r->first_message();
            (*shared)(window);
          },
          [=](credit_message, std::int64_t credit) { (*shared)(credit); }};
}

// Counts the messages that come, and grants the producers credit for every half window.
struct receiver_state {
  std::vector<actor> producers;
  std::array<std::int64_t, 16> come{};
  std::int64_t left = 0;

  // True: this was the last message.
  bool count_one(event_based_actor* self, slot_number slot) {
    if (++come[slot] == window / 2) {
      come[slot] = 0;
      self->send(producers[slot], credit_message::value, window / 2);
    }
    return --left == 0;
  }
};

// The receiving end. Which producers there are is only known later: they are made after it.
behavior consume(caf::stateful_actor<receiver_state>* self, race* r, std::int64_t count) {
  self->state.left = count;
  return {[=](producers_message, const std::vector<actor>& producers) {
            self->state.producers = producers;
          },
          [=](std::int64_t, slot_number slot) {
            if (self->state.count_one(self, slot)) r->last_message(self);
          }};
}

behavior pass_on(event_based_actor* self, actor to) {
  return {[=](std::int64_t value, slot_number slot) { self->send(to, value, slot); }};
}

behavior drop(event_based_actor*) {
  return {[](std::int64_t, slot_number) {}};
}

elapsed run(race& r, const actor& consumer, const std::vector<actor>& producers) {
  caf::anon_send(consumer, producers_message::value, producers);
  return r.run(producers);
}

elapsed pipeline(std::int64_t count, int stages) {
  race r;
  const actor consumer = r.spawn(consume, &r, count);
  actor first = consumer;
  for (int i = 0; i < stages; ++i) first = r.spawn(pass_on, first);
  return run(r, consumer, {r.spawn(produce, &r, std::vector{first}, 0U, count)});
}

elapsed fan_in(std::int64_t count, slot_number senders) {
  race r;
  const actor consumer = r.spawn(consume, &r, count);
  std::vector<actor> producers;
  const std::int64_t share = count / senders + 1;
  for (slot_number i = 0; i < senders; ++i)
    producers.push_back(r.spawn(produce, &r, std::vector{consumer}, i, share));
  return run(r, consumer, producers);
}

elapsed fan_out(std::int64_t count, int receivers) {
  race r;
  std::vector<actor> slots;
  for (int i = 0; i + 1 < receivers; ++i) slots.push_back(r.spawn(drop));
  slots.push_back(r.spawn(consume, &r, count));
  const actor consumer = slots.back();
  return run(r, consumer, {r.spawn(produce, &r, slots, 0U, count)});
}

struct joined_inputs {
  std::array<std::deque<std::int64_t>, 3> waiting;
};

// Sends `make(values)` when a message of each of the first N slots is there.
template <std::size_t N, class Make>
behavior join(caf::stateful_actor<joined_inputs>* self, const actor& to, Make make) {
  return {[=](std::int64_t value, slot_number slot) {
    auto& waiting = self->state.waiting;
    waiting[slot].push_back(value);
    std::array<std::int64_t, N> values{};
    for (std::size_t i = 0; i < N; ++i)
      if (waiting[i].empty()) return;
    for (std::size_t i = 0; i < N; ++i) {
      values[i] = waiting[i].front();
      waiting[i].pop_front();
    }
    make(self, to, values);
  }};
}

// The consumer of a joining actor: each result used up one message of every producer.
behavior consume_results(caf::stateful_actor<receiver_state>* self, race* r, std::int64_t count,
                         slot_number producers) {
  self->state.left = count * producers;
  const auto count_result = [=] {
    for (slot_number i = 0; i < producers; ++i)
      if (self->state.count_one(self, i)) r->last_message(self);
  };
  return {[=](producers_message, const std::vector<actor>& all) { self->state.producers = all; },
          [=](bool) { count_result(); },
          [=](std::int64_t, std::int64_t, std::int64_t) { count_result(); }};
}

template <std::size_t N, class Make>
elapsed operation(std::int64_t count, Make make) {
  race r;
  const actor consumer = r.spawn(consume_results, &r, count, slot_number{N});
  const actor joiner = r.spawn(join<N, Make>, consumer, make);
  std::vector<actor> producers;
  for (slot_number i = 0; i < N; ++i)
    producers.push_back(r.spawn(produce, &r, std::vector{joiner}, i, count));
  return run(r, consumer, producers);
}

elapsed two_input(std::int64_t count) {
  return operation<2>(
      count, [](auto* self, const actor& to, const auto& v) { self->send(to, v[0] < v[1]); });
}

elapsed struct_3(std::int64_t count) {
  return operation<3>(
      count, [](auto* self, const actor& to, const auto& v) { self->send(to, v[0], v[1], v[2]); });
}

behavior pong(event_based_actor*) {
  return {[](std::int64_t value) { return value; }};
}

behavior ping(event_based_actor* self, race* r, actor other, std::int64_t count) {
  auto left = std::make_shared<std::int64_t>(count);
  return {[=](start_message) {
            r->first_message();
            self->send(other, first_value);
          },
          [=](std::int64_t value) {
            if (--*left == 0)
              r->last_message(self);
            else
              self->send(other, value + 1);
          }};
}

elapsed ping_pong(std::int64_t count) {
  race r;
  const actor other = r.spawn(pong);
  return r.run({r.spawn(ping, &r, other, count)});
}

}  // namespace

void use_workers(unsigned count) {
  workers = count;
}

std::vector<work> all_works() {
  return {{"hop", [](std::int64_t n) { return pipeline(n, 0); }},
          {"ping_pong", ping_pong},
          {"pipeline_8", [](std::int64_t n) { return pipeline(n, 8); }},
          {"pipeline_100", [](std::int64_t n) { return pipeline(n, 100); }},
          {"fan_in_16", [](std::int64_t n) { return fan_in(n, 16); }},
          {"fan_out_16", [](std::int64_t n) { return fan_out(n, 16); }},
          {"select_2", [](std::int64_t n) { return fan_in(n, 2); }},
          {"two_input", two_input},
          {"struct_3", struct_3}};
}

void report_idle_nodes(std::int64_t count) {
  few_threads config;
  caf::actor_system system(config);
  const std::int64_t before = resident_bytes();
  const stopwatch watch;
  std::vector<actor> links;
  links.reserve(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i)
    links.push_back(system.spawn(pass_on, links.empty() ? actor() : links.back()));
  print_measured("idle_node_wiring", watch.read(), count);
  print_bytes("idle_node_bytes", resident_bytes() - before, count);
  for (const actor& a : links) caf::anon_send_exit(a, caf::exit_reason::kill);
}

}  // namespace nevaperf::peers
