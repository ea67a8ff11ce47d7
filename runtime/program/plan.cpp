// From IR to a wiring plan: who is connected to whom, and all the ways in which a file can be
// wrong.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "runtime/nodes/registry.hpp"
#include "runtime/program/program.hpp"

namespace nevaperf::runtime {

namespace {

constexpr std::string_view start_port = "in:start";
constexpr std::string_view stop_port = "out:stop";

base::error wrong(std::string where, std::string what, std::string next = {}) {
  return {.what = std::move(what), .where = std::move(where), .next = std::move(next)};
}

struct signature_port {
  std::string_view name;
  bool is_array = false;
  bool is_optional = false;
};

// The words of a signature; a "*" gives no port and sets `any`.
std::vector<signature_port> parse_signature(std::string_view words, bool& any) {
  std::vector<signature_port> ports;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    signature_port p{.name = words.substr(0, end)};
    words.remove_prefix(std::min(end + 1, words.size()));
    if (p.name == "*") {
      any = true;
      continue;
    }
    if (p.name.ends_with('?')) {
      p.is_optional = true;
      p.name.remove_suffix(1);
    }
    if (p.name.ends_with("[]")) {
      p.is_array = true;
      p.name.remove_suffix(2);
    }
    ports.push_back(p);
  }
  return ports;
}

class planner {
 public:
  explicit planner(const ir_program& ir) : ir_(ir) {}

  base::result<wiring_plan> make() {
    for (const ir_function& f : ir_.functions)
      if (auto ok = add_node(f); !ok) return ok.error();
    if (auto ok = read_connections(); !ok) return ok.error();
    if (auto ok = connect_senders(); !ok) return ok.error();
    if (auto ok = check_all_connected(); !ok) return ok.error();
    return std::move(plan_);
  }

 private:
  struct port_use {
    std::size_t node;
    std::uint32_t* channel;  // where the port's channel number is to be put
    std::string_view place;  // of the node in the file
  };
  struct hop {
    std::string_view to;
    bool is_reached = false;  // on the way from some sender
  };
  using port_table = std::unordered_map<std::string_view, port_use>;
  static constexpr std::uint32_t unconnected = UINT32_MAX;

  base::result<void> add_node(const ir_function& f) {
    const function*& known = functions_[f.ref];
    if (known == nullptr) known = find_function(f.ref);
    if (known == nullptr) {
      const std::string_view close = closest_ref(f.ref);
      return wrong(f.place + ".ref", "unknown function '" + f.ref + "'",
                   close.empty() ? "the functions are listed by 'nevaperf run --functions'"
                                 : "did you mean '" + std::string(close) + "'?");
    }
    if (known->config == config_rule::required && !f.config)
      return wrong(f.place, "the function '" + f.ref + "' needs a configuration (\"msg\")");

    plan_.nodes.push_back({.behaviour = known,
                           .name = node_name(f),
                           .place = f.place,
                           .config = f.config,
                           .ins = {},
                           .outs = {}});
    planned_node& n = plan_.nodes.back();
    auto ins = group_ports(f, f.ins, known->ins, ".io.in");
    if (!ins) return ins.error();
    n.ins = std::move(*ins);
    auto outs = group_ports(f, f.outs, known->outs, ".io.out");
    if (!outs) return outs.error();
    n.outs = std::move(*outs);
    if (auto ok = enter_ports(f.ins, n.ins, in_ports_, f.place); !ok) return ok;
    return enter_ports(f.outs, n.outs, out_ports_, f.place);
  }

  static std::string node_name(const ir_function& f) {
    if (!f.ins.empty()) return f.ins.front().node;
    return f.outs.empty() ? f.place : f.outs.front().node;
  }

  static base::result<std::vector<planned_port>> group_ports(
      const ir_function& f, const std::vector<ir_address>& addresses, std::string_view signature,
      const char* list) {
    bool any = false;
    const std::vector<signature_port> wanted = parse_signature(signature, any);
    std::vector<planned_port> ports;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
      const ir_address& a = addresses[i];
      const std::string place = f.place + list + "[" + std::to_string(i) + "]";
      const auto sig = std::find_if(wanted.begin(), wanted.end(),
                                    [&](const signature_port& p) { return p.name == a.port; });
      if (sig == wanted.end() && !any)
        return wrong(place, "'" + f.ref + "' has no port '" + a.port + "'",
                     "its ports are: " + (signature.empty() ? "none" : std::string(signature)));
      const bool is_array = sig != wanted.end() && sig->is_array;
      if (is_array != a.slot.has_value())
        return wrong(place, "'" + a.text + "': the port '" + a.port + "' of '" + f.ref + "' is " +
                                (is_array ? "an array port and needs a slot"
                                          : "a single port and has no slots"));
      auto port = std::find_if(ports.begin(), ports.end(),
                               [&](const planned_port& p) { return p.name == a.port; });
      if (port == ports.end())
        port = ports.insert(ports.end(), {.name = a.port, .is_array = is_array, .channels = {}});
      const std::size_t slot = a.slot.value_or(0);
      if (port->channels.size() <= slot) port->channels.resize(slot + 1, free_slot);
      if (port->channels[slot] != free_slot)
        return wrong(place, "the port '" + a.text + "' is used twice");
      port->channels[slot] = unconnected;
    }
    for (const planned_port& p : ports)
      for (std::size_t slot = 0; slot < p.channels.size(); ++slot)
        if (p.channels[slot] == free_slot)
          return wrong(f.place + list, "the port '" + p.name + "' of '" + f.ref + "' has no slot " +
                                           std::to_string(slot) + " but a later one");
    for (const signature_port& s : wanted)
      if (!s.is_optional && std::none_of(ports.begin(), ports.end(),
                                         [&](const planned_port& p) { return p.name == s.name; }))
        return wrong(f.place + list,
                     "'" + f.ref + "' lacks its port '" + std::string(s.name) + "'");
    return ports;
  }

  base::result<void> enter_ports(const std::vector<ir_address>& addresses,
                                 std::vector<planned_port>& ports, port_table& table,
                                 std::string_view place) {
    for (const ir_address& a : addresses) {
      if (a.text == start_port || a.text == stop_port)
        return wrong(std::string(place), "'" + a.text + "' is the program's own port");
      const auto port = std::find_if(ports.begin(), ports.end(),
                                     [&](const planned_port& p) { return p.name == a.port; });
      const auto [other, is_new] = table.emplace(
          a.text, port_use{plan_.nodes.size() - 1, &port->channels[a.slot.value_or(0)], place});
      if (!is_new)
        return wrong(std::string(place), "the port '" + a.text + "' belongs to " +
                                             std::string(other->second.place) + " already");
    }
    return {};
  }

  base::result<void> read_connections() {
    next_.reserve(ir_.connections.size());
    for (const auto& [from, to] : ir_.connections) {
      const std::string place = "connections." + from;
      for (const std::string& end : {from, to})
        if (auto address = ir_address::parse(end); !address) return address.error().within(place);
      if (in_ports_.contains(from))
        return wrong(place, "'" + from + "' is the input of a function and cannot send");
      if (out_ports_.contains(to))
        return wrong(place, "'" + to + "' is the output of a function and cannot receive");
      if (from == stop_port) return wrong(place, "the program's stop port cannot send");
      if (to == start_port) return wrong(place, "the program's start port cannot receive");
      next_.emplace(from, hop{to});
    }
    return {};
  }

  // Follows the connections from a sender through component ports to the function input (or the
  // stop port) at the end.
  base::result<std::string_view> receiver_of(std::string_view sender) {
    std::string_view at = sender;
    for (std::size_t steps = 0; steps <= next_.size(); ++steps) {
      const auto step = next_.find(at);
      if (step == next_.end()) {
        if (at == sender)
          return wrong("connections", "the output '" + std::string(at) + "' is not connected");
        return wrong("connections", "the connection from '" + std::string(sender) + "' ends at '" +
                                        std::string(at) + "', which is no input of a function");
      }
      step->second.is_reached = true;
      at = step->second.to;
      if (at == stop_port || in_ports_.contains(at)) return at;
    }
    return wrong("connections",
                 "the connections from '" + std::string(sender) + "' lead in a circle");
  }

  base::result<void> connect_senders() {
    // Ordered by address, so that channel numbers and errors do not depend on hashing.
    std::map<std::string_view, std::uint32_t*> senders{{start_port, &plan_.start}};
    for (const auto& [address, use] : out_ports_) senders.emplace(address, use.channel);
    std::map<std::string_view, std::vector<std::uint32_t>> arrivals;
    for (const auto& [address, channel] : senders) {
      auto receiver = receiver_of(address);
      if (!receiver) return receiver.error();
      *channel = add_channel(address, *receiver);
      arrivals[*receiver].push_back(*channel);
    }
    plan_.stop = unconnected;
    for (auto& [address, channels] : arrivals) {
      std::uint32_t* end = address == stop_port ? &plan_.stop : in_ports_.at(address).channel;
      *end = channels.size() == 1 ? channels[0] : merge(address, std::move(channels));
    }
    // A program may end by panic or exit only; its stop port is then a channel without a sender.
    if (plan_.stop == unconnected) plan_.stop = add_channel("nobody", stop_port);
    return {};
  }

  std::uint32_t add_channel(std::string_view from, std::string_view to) {
    plan_.channels.push_back({std::string(from), std::string(to)});
    return static_cast<std::uint32_t>(plan_.channels.size() - 1);
  }

  // Several senders at one input: the compiler leaves their merging to the runtime.
  std::uint32_t merge(std::string_view to, std::vector<std::uint32_t> senders) {
    const std::uint32_t merged = add_channel("merge of " + std::string(to), to);
    plan_.nodes.push_back(
        {.behaviour = find_function("fan_in"),
         .name = "merge of " + std::string(to),
         .place = "connections",
         .config = {},
         .ins = {{.name = "data", .is_array = true, .channels = std::move(senders)}},
         .outs = {{.name = "res", .is_array = false, .channels = {merged}}}});
    return merged;
  }

  base::result<void> check_all_connected() {
    for (const planned_node& n : plan_.nodes)
      for (const planned_port& p : n.ins)
        for (std::size_t slot = 0; slot < p.channels.size(); ++slot)
          if (p.channels[slot] == unconnected)
            return wrong(n.place, "the input '" + n.name + "/in:" + p.name +
                                      (p.is_array ? "[" + std::to_string(slot) + "]" : "") +
                                      "' of '" + std::string(n.behaviour->ref) +
                                      "' is not connected");
    for (const auto& [from, to] : ir_.connections)
      if (!next_.at(from).is_reached)
        return wrong("connections." + from, "nothing sends to '" + from + "'");
    return {};
  }

  static constexpr std::uint32_t free_slot = UINT32_MAX - 1;

  const ir_program& ir_;
  wiring_plan plan_;
  std::unordered_map<std::string_view, const function*> functions_;
  port_table in_ports_;
  port_table out_ports_;
  std::unordered_map<std::string_view, hop> next_;
};

}  // namespace

base::result<wiring_plan> plan_wiring(const ir_program& ir) {
  return planner(ir).make();
}

}  // namespace nevaperf::runtime
