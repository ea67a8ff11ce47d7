#include "cli/paired_plan.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/measure/google_target.hpp"
#include "core/measure/selection.hpp"
#include "core/units/format.hpp"
#include "playbook/scenarios/families.hpp"

namespace nevaperf::cli {

namespace {

const listed_scenario* find(const build_under_test& build, const std::string& name) {
  const auto found = std::find_if(build.scenarios.begin(), build.scenarios.end(),
                                  [&](const listed_scenario& one) { return one.name == name; });
  return found == build.scenarios.end() ? nullptr : &*found;
}

std::string text_of(const measure::control_interval& control) {
  return units::format_change(std::exp(control.low) - 1) + " ... " +
         units::format_change(std::exp(control.high) - 1);
}

}  // namespace

base::result<paired_plan> plan_pairs(const build_under_test& old_build,
                                     const build_under_test& new_build,
                                     const std::vector<std::string>& filters) {
  if (old_build.kind != new_build.kind) {
    return base::error{.what = "one is a build of nevaperf, the other a Google Benchmark binary",
                       .where = old_build.command.front() + ", " + new_build.command.front(),
                       .next = "give two builds of one program"};
  }
  // All names of both, those of the old build first.
  std::vector<listed_scenario> all = old_build.scenarios;
  for (const listed_scenario& one : new_build.scenarios) {
    if (find(old_build, one.name) == nullptr) all.push_back(one);
  }
  const bool has_defaults = std::any_of(all.begin(), all.end(), [](const listed_scenario& one) {
    return std::find(one.tags.begin(), one.tags.end(), playbook::default_tag) != one.tags.end();
  });
  std::vector<std::string> wanted = filters;
  if (wanted.empty() && has_defaults) wanted = {std::string("tag:") + playbook::default_tag};
  std::vector<measure::selectable> known;
  for (const listed_scenario& one : all) known.push_back({one.name, one.tags});
  const auto places = measure::select_scenarios(known, wanted);
  if (!places) return places.error();
  paired_plan out;
  for (const std::size_t place : *places) {
    const std::string& name = all[place].name;
    if (find(new_build, name) == nullptr) {
      out.only_old.push_back(name);
    } else if (find(old_build, name) == nullptr) {
      out.only_new.push_back(name);
    } else {
      out.subjects.push_back({.name = name,
                              .old_command = worker_command(old_build, name),
                              .new_command = worker_command(new_build, name),
                              .is_pinned = !measure::has_threads(name)});
    }
  }
  if (out.subjects.empty()) {
    return base::error{.what = "the two builds have no benchmark in common",
                       .where = old_build.command.front() + ", " + new_build.command.front(),
                       .next = "are they builds of one program? Their --list shows the names"};
  }
  return out;
}

compare::paired_data to_paired_data(const paired_plan& plan, measure::paired_result measured) {
  compare::paired_data out;
  const auto control = measure::interval_of_control(measured.control);
  if (control) {
    out.is_biased = control->is_biased;
    out.control = text_of(*control);
  }
  for (measure::paired_row& one : measured.rows) {
    compare::paired_samples& into = out.rows.emplace_back(
        compare::paired_samples{.name = std::move(one.name),
                                .old_seconds = std::move(one.old_seconds),
                                .new_seconds = std::move(one.new_seconds),
                                .log_ratios = std::move(one.log_ratios),
                                .test = one.test,
                                .pair_seconds = static_cast<double>(one.pair_ns) * 1e-9,
                                .failure = {}});
    if (control) into.is_clear = measure::is_clear_of(*control, into.log_ratios);
    if (one.failure) {
      into.failure = one.failure->why.why;
      into.failed_on_new = one.failure->side == 1;
    }
  }
  out.only_old = plan.only_old;
  out.only_new = plan.only_new;
  return out;
}

}  // namespace nevaperf::cli
