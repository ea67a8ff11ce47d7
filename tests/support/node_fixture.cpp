#include "tests/support/node_fixture.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <vector>

#include "runtime/message/text.hpp"
#include "runtime/nodes/registry.hpp"
#include "runtime/program/graph.hpp"
#include "tests/support/value_text.hpp"

namespace nevaperf::tests {

using namespace nevaperf::runtime;

namespace {

struct sending {
  channel* to;
  message value;
};

struct arrival {
  std::string port;
  message value;
};

node_task send_in_order(std::vector<sending> all) {
  for (sending& s : all) co_await output(*s.to).send(std::move(s.value));
  co_await forever{};
}

node_task collect(input from, std::string port, std::vector<arrival>& log) {
  for (;;) {
    message value = co_await from.receive();
    log.push_back({port, std::move(value)});
  }
}

std::vector<std::string_view> split_words(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end != 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + separator.size(), text.size()));
  }
  return parts;
}

class bench {
 public:
  bench(const function& f, node_options options)
      : function_(f),
        options_(std::move(options)),
        world_(options_.world != nullptr ? *options_.world : own_world_) {}

  std::string run(std::string_view inputs) {
    read_inputs(inputs);
    for (std::string_view port : split_words(function_.ins, " "))
      if (!port.ends_with("]") && port != "*") in_channel(std::string(port), 0);
    std::vector<bound_port> ins = bind(ins_);
    make_outputs();
    std::vector<bound_port> outs = bind(outs_);
    graph_.name_ports([this](const channel& c, bool) { return names_.at(&c); });
    const binding b{.ins = ins,
                    .outs = outs,
                    .config = options_.config,
                    .world = world_,
                    .home = graph_.home(),
                    .memory = graph_.memory()};
    if (!start(b)) return refused_;
    add_sources();
    const bool endless = graph_.run_some(options_.most_steps);
    return report(endless ? outcome{.how = outcome::kind::cancelled, .text = {}, .failure = {}}
                          : graph_.run());
  }

 private:
  using ports = std::map<std::string, std::vector<channel*>>;

  channel* in_channel(const std::string& port, std::size_t slot) {
    std::vector<channel*>& slots = ins_[port];
    while (slots.size() <= slot) {
      slots.push_back(&graph_.add_channel());
      names_[slots.back()] = "in:" + port;
    }
    return slots[slot];
  }

  void read_inputs(std::string_view inputs) {
    bool is_ordered = false;
    for (std::string_view section : split_words(inputs, "; ")) {
      constexpr std::string_view order = "order: ";
      if (section.starts_with(order)) {
        section.remove_prefix(order.size());
        is_ordered = true;
        ordered_.emplace_back();
      }
      const std::size_t end = std::min(section.find(' '), section.size());
      std::string port(section.substr(0, end));
      std::size_t slot = 0;
      if (const std::size_t bracket = port.find('['); bracket != std::string::npos) {
        slot = std::stoul(port.substr(bracket + 1));
        port.resize(bracket);
        arrays_.insert(port);
      }
      channel* to = in_channel(port, slot);
      if (!is_ordered) ordered_.emplace_back();
      for (message& m : read_values(section.substr(end)))
        ordered_.back().push_back({to, std::move(m)});
    }
  }

  std::vector<bound_port> bind(ports& all) {
    std::vector<bound_port> bound;
    for (auto& [name, slots] : all)
      bound.push_back({.name = name, .slots = slots, .is_array = arrays_.contains(name)});
    return bound;
  }

  void make_outputs() {
    for (std::string_view word : split_words(function_.outs, " ")) {
      const bool is_array = word.ends_with("[]");
      const std::string port(word.substr(0, word.find('[')));
      const std::size_t wanted = options_.out_slots != 0 ? options_.out_slots : ins_[port].size();
      for (std::size_t slot = 0; slot < (is_array ? wanted : 1); ++slot) {
        channel& c = graph_.add_channel();
        outs_[port].push_back(&c);
        names_[&c] = is_array ? port + "[" + std::to_string(slot) + "]" : port;
      }
    }
  }

  bool start(const binding& b) {
    const frame_scope frames(graph_.memory());
    auto made = function_.start(b);
    if (!made) {
      refused_ = "refused: " + made.error().line();
      return false;
    }
    std::vector<channel*> ins;
    std::vector<channel*> outs;
    for (const auto& [name, slots] : ins_) ins.insert(ins.end(), slots.begin(), slots.end());
    for (const auto& [name, slots] : outs_) outs.insert(outs.end(), slots.begin(), slots.end());
    graph_.adopt("node", ins, outs, std::move(*made));
    return true;
  }

  void add_sources() {
    for (std::vector<sending>& all : ordered_) {
      std::vector<channel*> outs;
      for (const sending& s : all) outs.push_back(s.to);
      graph_.add_node("source", {}, outs, [&] { return send_in_order(std::move(all)); });
    }
    for (const auto& [port, slots] : outs_)
      for (channel* c : slots)
        graph_.add_node("sink", std::span<channel* const>(&c, 1), {},
                        [&] { return collect(input(*c), names_.at(c), log_); });
  }

  std::string report(const outcome& how) const {
    std::string out;
    const auto say = [&out](const std::string& what) { out += (out.empty() ? "" : "; ") + what; };
    for (std::size_t i = 0; i < log_.size();) {
      std::vector<message> values;
      const std::string& port = log_[i].port;
      for (; i < log_.size() && log_[i].port == port; ++i) values.push_back(log_[i].value);
      say(port + " " + show_all(values));
    }
    if (!world_.out.collected().empty())
      say("stdout " + show(message::string(world_.out.collected())));
    if (how.how == outcome::kind::cancelled) say("endless");
    if (how.how == outcome::kind::panicked) say("panicked: " + how.text);
    if (how.how == outcome::kind::exited) say("exited " + std::to_string(how.status));
    if (how.how == outcome::kind::failed)
      say("failed at " + how.failure.where + ": " + how.failure.what);
    return out;
  }

  const function& function_;
  node_options options_;
  environment own_world_ = environment::for_tests();
  environment& world_;
  ports ins_;
  ports outs_;
  std::set<std::string> arrays_;
  std::map<const channel*, std::string> names_;
  std::vector<std::vector<sending>> ordered_;  // one list a source
  std::vector<arrival> log_;
  std::string refused_;
  graph graph_;  // last: its nodes refer to the rest
};

}  // namespace

std::string run_node(std::string_view ref, std::string_view inputs, node_options options) {
  const function* f = find_function(ref);
  if (f == nullptr) throw std::invalid_argument("no function " + std::string(ref));
  return bench(*f, std::move(options)).run(inputs);
}

}  // namespace nevaperf::tests
