#include "profiles/contention/node_waits.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/units/format.hpp"
#include "profiles/model/notes.hpp"
#include "profiles/model/profile_builder.hpp"
#include "runtime/observe/instruments.hpp"

namespace nevaperf::profiles {

namespace {

using json = nlohmann::json;

constexpr std::size_t shown_waits = 15;
constexpr const char* schema = "nevaperf.waits/1";

std::string port_of(const runtime::described_graph& graph, const node_wait& w) {
  if (w.channel >= graph.channels.size()) return {};
  const auto& ends = graph.channels[w.channel];
  return w.why == node_wait::reason::send_full ? ends.from : ends.to;
}

std::string chain_text(const named_wait& w) {
  std::string text;
  for (const std::string& node : w.chain) text += (text.empty() ? "" : " <- ") + node;
  return text;
}

bool is_idle(const named_wait& w) {
  return w.reason == name_of(node_wait::reason::idle);
}

std::int64_t number_in(const json& from, const char* key) {
  const auto found = from.find(key);
  return found != from.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::string text_in(const json& from, const char* key) {
  const auto found = from.find(key);
  return found != from.end() && found->is_string() ? found->get<std::string>() : std::string();
}

base::error damaged_waits() {
  return {.what = "damaged file of waits", .where = {}, .next = "profile again"};
}

}  // namespace

std::vector<named_wait> with_names(const std::vector<wait_observer::found_wait>& found) {
  std::vector<named_wait> made;
  for (const auto& [what, amount] : found) {
    const runtime::described_graph* graph = runtime::find_graph(what.graph);
    named_wait one{.reason = name_of(what.why), .port = {}, .chain = {}, .amount = amount};
    if (graph != nullptr) one.port = port_of(*graph, what);
    for (std::uint32_t i = 0; i < what.length; ++i) {
      const std::uint32_t node = what.chain[i];
      one.chain.push_back(graph != nullptr && node < graph->nodes.size()
                              ? graph->nodes[node]
                              : "node " + std::to_string(node));
    }
    made.push_back(std::move(one));
  }
  return made;
}

std::string write_node_waits(const node_waits& w) {
  json waits = json::array();
  for (const named_wait& one : w.waits)
    waits.push_back({{"reason", one.reason},
                     {"port", one.port},
                     {"chain", one.chain},
                     {"count", one.amount.count},
                     {"delay_ns", one.amount.delay_ns},
                     {"longest_ns", one.amount.longest_ns},
                     {"histogram", one.amount.histogram}});
  const json all{{"schema", schema},
                 {"start_ns", w.start_ns},
                 {"duration_ns", w.duration_ns},
                 {"dropped", w.dropped},
                 {"waits", std::move(waits)}};
  // Names may hold any bytes.
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

base::result<node_waits> read_node_waits(std::string_view text) {
  const auto all = json::parse(text, nullptr, false);
  if (!all.is_object() || text_in(all, "schema") != schema || !all.contains("waits") ||
      !all["waits"].is_array())
    return damaged_waits();
  node_waits made{.start_ns = number_in(all, "start_ns"),
                  .duration_ns = number_in(all, "duration_ns"),
                  .dropped = static_cast<std::uint64_t>(number_in(all, "dropped")),
                  .waits = {}};
  for (const auto& one : all["waits"]) {
    if (!one.is_object() || !one.contains("chain") || !one["chain"].is_array())
      return damaged_waits();
    named_wait read{
        .reason = text_in(one, "reason"), .port = text_in(one, "port"), .chain = {}, .amount = {}};
    for (const auto& node : one["chain"]) {
      if (!node.is_string()) return damaged_waits();
      read.chain.push_back(node.get<std::string>());
    }
    if (read.chain.empty()) return damaged_waits();
    read.amount.count = static_cast<std::uint64_t>(number_in(one, "count"));
    read.amount.delay_ns = number_in(one, "delay_ns");
    read.amount.longest_ns = number_in(one, "longest_ns");
    if (one.contains("histogram") && one["histogram"].is_array()) {
      const auto& slots = one["histogram"];
      for (std::size_t i = 0; i < std::min(slots.size(), wait_histogram_slots); ++i)
        if (slots[i].is_number_unsigned()) read.amount.histogram[i] = slots[i].get<std::uint32_t>();
    }
    made.waits.push_back(std::move(read));
  }
  return made;
}

profile make_node_wait_profile(const node_waits& w) {
  profile_builder made;
  for (const char* type : {"contentions", "delay", "caused", "caused_delay", "idle", "idle_delay"})
    made.add_type(type, std::string_view(type).ends_with("delay") ? "nanoseconds" : "count");
  profile& header = made.header();
  header.period_type = made.type("contentions", "count");
  header.period = 1;
  header.default_type = made.text("delay");
  header.time_ns = w.start_ns;
  header.duration_ns = w.duration_ns;
  const auto text_label = [&made](const char* key, const std::string& value) {
    return label{.key = made.text(key), .text = made.text(value), .number = 0, .unit = no_text};
  };
  for (const named_wait& one : w.waits) {
    std::vector<location_id> stack;
    for (const std::string& node : one.chain) stack.push_back(made.add_named_location(node));
    std::vector<label> labels{text_label("node", one.chain.front()),
                              text_label("reason", one.reason)};
    if (!one.port.empty()) labels.push_back(text_label("port", one.port));
    const bool has_cause = one.chain.size() > 1;
    if (has_cause) labels.push_back(text_label("cause", one.chain.back()));
    const auto count = static_cast<std::int64_t>(one.amount.count);
    const std::int64_t delay = one.amount.delay_ns;
    if (is_idle(one)) {
      made.add_sample(stack, std::array<std::int64_t, 6>{0, 0, 0, 0, count, delay}, labels);
      continue;
    }
    made.add_sample(stack, std::array<std::int64_t, 6>{count, delay, 0, 0, 0, 0}, labels);
    if (!has_cause) continue;
    const std::vector<label> of_cause{text_label("node", one.chain.back()),
                                      text_label("reason", one.reason)};
    made.add_sample(std::array{stack.back()}, std::array<std::int64_t, 6>{0, 0, count, delay, 0, 0},
                    of_cause);
  }
  return std::move(made).build();
}

std::int64_t histogram_quantile(const std::vector<double>& slots, double share) {
  double all = 0;
  for (const double slot : slots) all += slot;
  double seen = 0;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    seen += slots[i];
    if (seen >= share * all && seen > 0) return std::int64_t{2} << i;
  }
  return 0;
}

std::string wait_text(std::int64_t ns) {
  return units::format_duration(units::seconds{static_cast<double>(ns) * 1e-9});
}

std::vector<std::string> wait_notes(const node_waits& w) {
  std::vector<const named_wait*> order;
  for (const named_wait& one : w.waits)
    if (!is_idle(one) && one.amount.count > 0) order.push_back(&one);
  std::ranges::stable_sort(order, [](const named_wait* a, const named_wait* b) {
    return a->amount.delay_ns > b->amount.delay_ns;
  });
  if (order.size() > shown_waits) order.resize(shown_waits);
  std::vector<std::string> made;
  for (const named_wait* one : order) {
    const std::vector<double> slots(one->amount.histogram.begin(), one->amount.histogram.end());
    made.push_back(note_text("wait", (one->port.empty() ? one->chain.front() : one->port) + " " +
                                         one->reason + " (" + chain_text(*one) +
                                         "): " + std::to_string(one->amount.count) + " times, " +
                                         wait_text(one->amount.delay_ns) + ", longest " +
                                         wait_text(one->amount.longest_ns) + ", p99 under " +
                                         wait_text(histogram_quantile(slots, 0.99))));
  }
  return made;
}

}  // namespace nevaperf::profiles
