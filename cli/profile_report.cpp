#include "cli/profile_report.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "core/formats/model_json.hpp"
#include "core/report/terminal_text.hpp"
#include "core/units/format.hpp"
#include "profiles/model/stack_view.hpp"
#include "profiles/pprof/proto_writer.hpp"
#include "profiles/render/amounts.hpp"
#include "profiles/render/exports.hpp"
#include "profiles/render/flame_graph.hpp"
#include "profiles/render/text_views.hpp"

namespace nevaperf::cli {

namespace {

constexpr std::size_t shown_nodes = 6;
constexpr std::size_t json_functions = 100;

std::size_t shown_type(const profiles::profile& p) {
  const auto found = profiles::find_type(p, "");
  return found ? *found : 0;
}

struct named_value {
  std::string name;
  std::int64_t value = 0;
};

// The values of one type by the text of a label, the largest first.
std::vector<named_value> by_label(const profiles::profile& p, std::size_t type,
                                  const std::string& key) {
  std::map<std::string, std::int64_t> sums;
  for (std::size_t i = 0; i < p.samples.size(); ++i)
    for (const profiles::label& l : p.labels_of(p.samples[i]))
      if (p.text(l.key) == key)
        sums[p.text(l.text)] = profiles::add_saturated(sums[p.text(l.text)], p.values_of(i)[type]);
  std::vector<named_value> all;
  for (const auto& [name, value] : sums) all.push_back({name, value});
  std::ranges::stable_sort(all, std::greater<>(), &named_value::value);
  return all;
}

std::int64_t samples_of(const profiles::profile& p) {
  const auto type = profiles::find_type(p, "samples");
  return type ? profiles::totals(p)[*type] : 0;
}

// A share p of n samples is known with the relative error sqrt((1-p)/(n p)).
std::string precision_text(std::int64_t samples) {
  constexpr double share = 0.05;
  constexpr double two_sided_95 = 1.96;
  const double error = two_sided_95 * std::sqrt(share * (1 - share) / static_cast<double>(samples));
  return "a share of 5% is known to " + units::format_percent(error) + " of the whole" +
         (error > 0.01 ? ": more --time makes it sharper" : "");
}

std::string summary(const profile_place& place, const kind_result& one) {
  const profiles::profile& p = one.got.data;
  const std::size_t type = shown_type(p);
  const std::int64_t total = profiles::totals(p)[type];
  const std::string unit = p.text(p.types[type].unit);
  std::string text = std::string(one.kind->name()) + " of " + report::printable(place.title) +
                     ": " + profiles::amount_text(total, unit) + " of " +
                     p.text(p.types[type].type);
  if (p.duration_ns > 0)
    text += " in " + profiles::amount_text(p.duration_ns, "nanoseconds") + " of time";
  text += "\nnodes: ";
  const auto nodes = by_label(p, type, "node");
  for (std::size_t i = 0; i < nodes.size() && i < shown_nodes; ++i)
    text += (i == 0 ? "" : ", ") + report::printable(nodes[i].name) + " " +
            profiles::share_text(nodes[i].value, total);
  if (nodes.empty()) text += "none (no graph of the runtime)";
  if (nodes.size() > shown_nodes)
    text += ", and " + std::to_string(nodes.size() - shown_nodes) + " more";
  const std::int64_t samples = samples_of(p);
  text += "\n" +
          std::to_string(samples > 0 ? samples : static_cast<std::int64_t>(p.samples.size())) +
          (samples > 0 ? " samples: " + precision_text(samples) : " stacks");
  return text + "\n";
}

std::string file_of(const profile_place& place, const kind_result& one, const char* suffix) {
  return place.folder + "/" + one.kind->name() + suffix;
}

}  // namespace

base::result<void> write_profile_files(base::file_system& files, const profile_place& place,
                                       const std::vector<kind_result>& all) {
  for (const kind_result& one : all) {
    const profiles::profile& p = one.got.data;
    const std::string title = std::string(one.kind->name()) + " of " + place.title;
    const auto view = profiles::make_stack_view(p, shown_type(p));
    std::vector<profiles::stack_view> views;
    for (std::size_t i = 0; i < p.types.size(); ++i)
      views.push_back(profiles::make_stack_view(p, i));
    const std::pair<const char*, std::string> texts[] = {
        {".pb.gz", profiles::write_packed_proto(p)},
        {".folded", profiles::folded_text(view)},
        {".speedscope.json", profiles::speedscope_json(views, title)},
        {".html", profiles::flame_graph_html(view, title)}};
    for (const auto& [suffix, text] : texts)
      if (auto written = files.write_atomic(file_of(place, one, suffix), text); !written)
        return written;
  }
  return {};
}

std::string profile_text(const profile_place& place, const std::vector<kind_result>& all) {
  std::string text;
  for (const kind_result& one : all) {
    const profiles::profile& p = one.got.data;
    const std::size_t type = shown_type(p);
    text += summary(place, one) + "\n";
    if (p.samples.empty()) continue;
    text += profiles::top_text(profiles::make_stack_view(p, type), profiles::totals(p)[type], {}) +
            "\n";
  }
  const std::string folder = report::printable(place.folder);
  text += "files in " + folder + "/\n";
  for (const kind_result& one : all) {
    const std::string name = one.kind->name();
    text += "  " + name + ".html (flame graph: open it in a browser), " + name +
            ".pb.gz (go tool pprof), " + name + ".speedscope.json, " + name + ".folded\n";
  }
  return text + "more: nevaperf profile show " + folder + "/" + all.front().kind->name() +
         ".pb.gz --view tree\n";
}

std::string profile_json(const profile_place& place, const std::vector<kind_result>& all) {
  using json = nlohmann::ordered_json;
  json kinds = json::array();
  for (const kind_result& one : all) {
    const profiles::profile& p = one.got.data;
    const std::size_t type = shown_type(p);
    const auto totals = profiles::totals(p);
    json types = json::array();
    for (std::size_t i = 0; i < p.types.size(); ++i)
      types.push_back({{"type", p.text(p.types[i].type)},
                       {"unit", p.text(p.types[i].unit)},
                       {"total", totals[i]}});
    json nodes = json::array();
    for (const named_value& n : by_label(p, type, "node"))
      nodes.push_back({{"node", n.name}, {"value", n.value}});

    const auto view = profiles::make_stack_view(p, type);
    std::vector<std::int64_t> flat(view.frames.size(), 0);
    std::vector<std::int64_t> cumulative(view.frames.size(), 0);
    for (const profiles::view_stack& s : view.stacks) {
      const auto calls = view.calls_of(s);
      if (calls.empty()) continue;
      flat[calls.back()] += s.value;
      std::vector<std::uint32_t> once(calls.begin(), calls.end());
      std::ranges::sort(once);
      once.erase(std::unique(once.begin(), once.end()), once.end());
      for (const std::uint32_t f : once) cumulative[f] += s.value;
    }
    std::vector<std::uint32_t> order(view.frames.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(flat[a], cumulative[a]) > std::pair(flat[b], cumulative[b]);
    });
    json top = json::array();
    for (std::size_t i = 0; i < order.size() && i < json_functions; ++i) {
      const profiles::frame& f = view.frames[order[i]];
      top.push_back({{"function", f.name},
                     {"file", f.file},
                     {"flat", flat[order[i]]},
                     {"cumulative", cumulative[order[i]]}});
    }
    kinds.push_back({{"kind", one.kind->name()},
                     {"types", std::move(types)},
                     {"shown", p.text(p.types[type].type)},
                     {"samples", samples_of(p)},
                     {"duration_ns", p.duration_ns},
                     {"nodes", std::move(nodes)},
                     {"top", std::move(top)},
                     {"files",
                      {{"pprof", file_of(place, one, ".pb.gz")},
                       {"folded", file_of(place, one, ".folded")},
                       {"speedscope", file_of(place, one, ".speedscope.json")},
                       {"flame", file_of(place, one, ".html")}}},
                     {"notes", one.got.notes},
                     {"warnings", formats::to_json(one.got.doubts)}});
  }
  return formats::compact({{"schema", "nevaperf.profile/1"},
                           {"target", place.title},
                           {"folder", place.folder},
                           {"kinds", std::move(kinds)}}) +
         "\n";
}

}  // namespace nevaperf::cli
