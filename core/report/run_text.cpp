#include "core/report/run_text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/report/terminal_text.hpp"
#include "core/report/text_table.hpp"
#include "core/units/format.hpp"

namespace nevaperf::report {

namespace {

const model::metric* metric_of(const model::scenario& scenario, const char* unit) {
  const auto found = scenario.metrics.find(unit);
  return found == scenario.metrics.end() ? nullptr : &found->second;
}

cell value_cell(const model::scenario& scenario, const char* unit) {
  const model::metric* metric = metric_of(scenario, unit);
  if (metric == nullptr) return {units::not_shown, style::dim};
  return {units::format_value(metric->median, unit), style::plain};
}

struct further_column {
  const char* title;
  const char* unit;
};

// Those of which a scenario has a value: older runs have none.
std::vector<further_column> further_columns(const model::run& data) {
  constexpr further_column all[] = {{"switches/op", units::switches_per_op},
                                    {"peak memory", units::peak_memory},
                                    {"instructions/op", units::instructions_per_op}};
  std::vector<further_column> out;
  for (const further_column& one : all) {
    const bool is_there =
        std::any_of(data.scenarios.begin(), data.scenarios.end(),
                    [&](const model::scenario& s) { return metric_of(s, one.unit) != nullptr; });
    if (is_there) out.push_back(one);
  }
  return out;
}

// One sample says nothing about its spread.
cell spread_cell(const model::scenario& scenario) {
  const model::metric* metric = metric_of(scenario, units::sec_per_op);
  if (metric == nullptr || metric->n < 2) return {units::not_shown, style::dim};
  return {units::format_spread(metric->median, metric->ci.low, metric->ci.high), style::plain};
}

// "hop", "hop, ring", "hop, ring, pipe and 12 more"
std::string name_list(const std::vector<std::string>& names) {
  constexpr std::size_t shown = 3;
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < shown; ++i) out += (i > 0 ? ", " : "") + names[i];
  if (names.size() > shown) out += " and " + std::to_string(names.size() - shown) + " more";
  return out;
}

struct doubt {
  model::warning what;
  std::vector<std::string> scenarios;  // empty: the whole run
};

void add_doubt(std::vector<doubt>& doubts, const model::warning& what,
               const std::string& scenario) {
  auto found = std::find_if(doubts.begin(), doubts.end(), [&](const doubt& known) {
    return known.what == what && known.scenarios.empty() == scenario.empty();
  });
  if (found == doubts.end()) found = doubts.insert(doubts.end(), doubt{what, {}});
  if (!scenario.empty()) found->scenarios.push_back(scenario);
}

}  // namespace

std::string run_table(const model::run& data, bool colour) {
  std::vector<text_table::column> columns = {
      {"scenario", align::left}, {"time/op"}, {"±"}, {"allocs/op"}, {"B/op"}, {"messages/s"}};
  const std::vector<further_column> further = further_columns(data);
  for (const further_column& one : further) columns.push_back({one.title});
  text_table table(std::move(columns));
  std::string failures;
  for (const model::scenario& one : data.scenarios) {
    if (one.status != model::scenario_status::ok) {
      const std::string status = model::to_text(one.status);
      table.add_row({{one.name, style::plain}, {status, style::red}});
      failures += styled(printable(one.name) + ": " + status, style::red, colour) + ": " +
                  printable(one.failure) + "\n";
      continue;
    }
    std::vector<cell> row = {{one.name, style::plain},
                             value_cell(one, units::sec_per_op),
                             spread_cell(one),
                             value_cell(one, units::allocs_per_op),
                             value_cell(one, units::bytes_per_op),
                             value_cell(one, units::messages_per_s)};
    for (const further_column& more : further) row.push_back(value_cell(one, more.unit));
    table.add_row(std::move(row));
  }
  if (!failures.empty()) failures.insert(0, "\n");
  return table.text(colour) + failures;
}

std::string run_doubts(const model::run& data, bool colour) {
  std::vector<doubt> doubts;
  for (const model::warning& one : data.warnings) add_doubt(doubts, one, "");
  for (const model::scenario& scenario : data.scenarios) {
    for (const model::warning& one : scenario.warnings) add_doubt(doubts, one, scenario.name);
  }
  std::string out;
  for (const doubt& one : doubts) {
    const std::string subject = one.scenarios.empty() ? "" : " " + name_list(one.scenarios) + ":";
    out += styled("warning:", style::yellow, colour) +
           printable(subject + " " + one.what.text + " (" + one.what.next + ")") + "\n";
  }
  return out;
}

}  // namespace nevaperf::report
