#include "cli/run_stats.hpp"

#include <nlohmann/json.hpp>

#include "core/base/file.hpp"
#include "core/measure/proc_text.hpp"
#include "core/report/text_table.hpp"
#include "core/units/format.hpp"

namespace nevaperf::cli {

namespace {

constexpr std::size_t most_rows = 10;

units::seconds seconds_of(std::int64_t time_ns) {
  return units::seconds(static_cast<double>(time_ns) * 1e-9);
}

const char* name_of_wait(std::size_t why) {
  switch (static_cast<runtime::wait_reason>(why)) {
    case runtime::wait_reason::recv_empty:
      return "receive";
    case runtime::wait_reason::send_full:
      return "send";
    case runtime::wait_reason::select:
      return "select";
  }
  return "";
}

std::string edge(const runtime::graph_names::channel_ends& ends) {
  return ends.from + " -> " + ends.to;
}

std::string line(std::string_view what, const std::string& value) {
  std::string text = "  ";
  text += what;
  text.append(std::max<std::size_t>(what.size() + 2, 14) - what.size(), ' ');
  return text + value + "\n";
}

std::string waits_text(const runtime::run_counts::totals& all) {
  std::uint64_t sum = 0;
  std::string parts;
  for (std::size_t why = 0; why < all.waits.size(); ++why) {
    sum += all.waits[why];
    parts += (why == 0 ? "" : ", ") + std::to_string(all.waits[why]) + " to " + name_of_wait(why);
  }
  return std::to_string(sum) + ": " + parts;
}

}  // namespace

std::optional<std::int64_t> peak_memory_bytes() {
  const auto peak_kib = measure::number_at_start<double>(
      measure::entry_of(measure::small_file(base::real_files(), "/proc/self/status"), "VmHWM"));
  if (!peak_kib) return std::nullopt;
  return static_cast<std::int64_t>(*peak_kib * 1024);
}

std::string stats_text(const run_stats& stats) {
  const runtime::run_counts& counts = stats.counts;
  const runtime::run_counts::totals all = counts.all();
  std::string text = "stats of " + report::printable(stats.program) + ", which " + stats.end +
                     " (status " + std::to_string(stats.status) + ")\n";
  text += line("run time", units::format_duration(seconds_of(counts.run_ns())));
  text +=
      line("peak memory", stats.peak_memory_bytes
                              ? units::format_bytes(static_cast<double>(*stats.peak_memory_bytes))
                              : units::not_shown);
  text += line("nodes", std::to_string(counts.size().nodes));
  text += line("channels", std::to_string(counts.size().channels));
  text += line("messages", std::to_string(all.messages));
  text += line("steps", std::to_string(all.steps));
  text += line("waits", waits_text(all));
  text += line("workers", std::to_string(counts.use().workers));
  text += line("splits", std::to_string(counts.use().splits));

  report::text_table nodes({{"busiest nodes", report::align::left}, {"steps"}, {"time"}});
  for (const auto& n : counts.busiest_nodes(most_rows))
    nodes.add_row({{report::printable(stats.names.node(n.node))},
                   {std::to_string(n.steps)},
                   {units::format_duration(seconds_of(n.busy_ns))}});
  report::text_table edges({{"busiest edges", report::align::left}, {"messages"}});
  for (const auto& c : counts.busiest_channels(most_rows))
    edges.add_row(
        {{report::printable(edge(stats.names.channel(c.channel)))}, {std::to_string(c.messages)}});
  return text + nodes.text(false) + edges.text(false);
}

std::string stats_json(const run_stats& stats) {
  const runtime::run_counts& counts = stats.counts;
  const runtime::run_counts::totals all = counts.all();
  nlohmann::ordered_json out;
  out["schema"] = "nevaperf.run_stats/1";
  out["program"] = stats.program;
  out["end"] = stats.end;
  out["status"] = stats.status;
  out["run_ns"] = counts.run_ns();
  out["peak_memory_bytes"] = stats.peak_memory_bytes
                                 ? nlohmann::ordered_json(*stats.peak_memory_bytes)
                                 : nlohmann::ordered_json(nullptr);
  out["nodes"] = counts.size().nodes;
  out["channels"] = counts.size().channels;
  out["messages"] = all.messages;
  out["steps"] = all.steps;
  for (std::size_t why = 0; why < all.waits.size(); ++why)
    out["waits"][name_of_wait(why)] = all.waits[why];
  out["workers"] = counts.use().workers;
  out["splits"] = counts.use().splits;
  out["busiest_nodes"] = nlohmann::ordered_json::array();
  for (const auto& n : counts.busiest_nodes(most_rows))
    out["busiest_nodes"].push_back(
        {{"node", stats.names.node(n.node)}, {"steps", n.steps}, {"busy_ns", n.busy_ns}});
  out["busiest_edges"] = nlohmann::ordered_json::array();
  for (const auto& c : counts.busiest_channels(most_rows)) {
    const auto ends = stats.names.channel(c.channel);
    out["busiest_edges"].push_back(
        {{"from", ends.from}, {"to", ends.to}, {"messages", c.messages}});
  }
  return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace nevaperf::cli
