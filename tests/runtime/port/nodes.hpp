// Small nodes that tests wire together, and messages that are easy to tell apart.
//
// What a node is given by reference outlives the graph.
//
// Thread safety: owner only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "runtime/message/text.hpp"
#include "runtime/port/binding.hpp"
#include "runtime/program/graph.hpp"

namespace nevaperf::tests {

// Too long for the inline form: its payload is counted, so a lost or doubled message shows.
inline runtime::message long_text(std::int64_t number) {
  return runtime::message::string("a message that is too long to be inline " +
                                  std::to_string(number));
}

inline runtime::node_task send_each(runtime::output to, std::vector<runtime::message> all) {
  for (runtime::message& m : all) co_await to.send(std::move(m));
  co_await runtime::forever{};
}

inline runtime::node_task send_integers(runtime::output to, std::int64_t first,
                                        std::int64_t count) {
  for (std::int64_t i = first; i < first + count; ++i)
    co_await to.send(runtime::message::integer(i));
  co_await runtime::forever{};
}

inline runtime::node_task collect(runtime::input from, std::vector<runtime::message>& into) {
  for (;;) into.push_back(co_await from.receive());
}

// Ends the run as soon as it has `count` messages.
inline runtime::node_task collect_and_end(runtime::input from, std::size_t count,
                                          std::vector<runtime::message>& into,
                                          runtime::cluster& home) {
  while (into.size() < count) into.push_back(co_await from.receive());
  home.end({});
  co_await runtime::forever{};
}

inline runtime::node_task pass_on(runtime::input from, runtime::output to) {
  for (;;) co_await to.send(co_await from.receive());
}

inline runtime::node_task receive_once(runtime::input from) {
  co_await from.receive();
  co_await runtime::forever{};
}

inline std::vector<std::string> texts_of(const std::vector<runtime::message>& all) {
  std::vector<std::string> texts;
  for (const runtime::message& m : all) texts.push_back(m ? runtime::text_of(m) : "none");
  return texts;
}

// The channels of an array port.
inline std::vector<runtime::channel*> add_channels(runtime::graph& g, std::size_t count) {
  std::vector<runtime::channel*> all(count);
  for (runtime::channel*& c : all) c = &g.add_channel();
  return all;
}

inline runtime::selector& add_selector(runtime::graph& g,
                                       std::span<runtime::channel* const> slots) {
  const std::span<runtime::channel*> kept = g.memory().array<runtime::channel*>(slots.size());
  std::copy(slots.begin(), slots.end(), kept.begin());
  return g.memory().make<runtime::selector>(kept);
}

}  // namespace nevaperf::tests
