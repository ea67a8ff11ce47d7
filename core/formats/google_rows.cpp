#include "core/formats/google_rows.hpp"

#include <array>
#include <cmath>
#include <cstdint>

#include "core/units/quantity.hpp"

namespace nevaperf::formats {

namespace {

std::optional<double> seconds_in(const std::string& unit) {
  if (unit == "ns") return 1e-9;
  if (unit == "us") return 1e-6;
  if (unit == "ms") return 1e-3;
  if (unit == "s") return 1.0;
  return std::nullopt;
}

// Versions before 1.5 tell aggregates by their name alone.
std::string aggregate_of(const google_row& row) {
  if (!row.aggregate.empty() || !row.run_type.empty()) return row.aggregate;
  for (const char* known : {"mean", "median", "stddev", "cv", "BigO", "RMS"}) {
    if (row.name.ends_with(std::string("_") + known)) return known;
  }
  return "";
}

std::string unit_of(const std::string& counter) {
  if (counter == "bytes_per_second") return "B/s";
  if (counter == "items_per_second") return "items/s";
  if (counter == "allocs_per_iter") return units::allocs_per_op;
  return counter;
}

std::string list_of(const std::vector<std::string>& names) {
  return names.front() +
         (names.size() > 1 ? " and " + std::to_string(names.size() - 1) + " more" : "");
}

}  // namespace

google_rows::gathered& google_rows::place(const google_row& row) {
  const std::string& name = row.run_name.empty() ? row.name : row.run_name;
  std::string key = name + "\n";
  // Whole numbers, if they are there at all.
  for (const double number : {row.family, row.instance}) {
    key += std::to_string(number >= 0 && number < 1e15 ? static_cast<std::int64_t>(number) : -1);
    key += '/';
  }
  const auto [at, is_new] = places_.try_emplace(std::move(key), all_.size());
  if (is_new) {
    gathered made;
    made.scenario.name = name;
    if (const int use = ++uses_[name]; use > 1) {
      made.scenario.name += "#" + std::to_string(use);
      twice_.push_back(name);
    }
    all_.push_back(std::move(made));
  }
  return all_[at->second];
}

std::string google_rows::add(google_row row) {
  if (row.name.empty() && row.run_name.empty()) return "a benchmark without a name";
  const std::string shown = "'" + (row.name.empty() ? row.run_name : row.name) + "'";
  std::string aggregate = aggregate_of(row);
  if (aggregate.empty() && row.run_type == "aggregate") aggregate = "unknown";
  if (!aggregate.empty() && row.run_name.empty() && row.name.ends_with("_" + aggregate)) {
    row.run_name = row.name.substr(0, row.name.size() - aggregate.size() - 1);
  }
  const bool is_middle = aggregate == "median" || aggregate == "mean";
  if (!aggregate.empty() && !is_middle) return "";

  gathered& into = place(row);
  if (row.has_error || row.is_skipped) {
    into.scenario.failure = row.has_error ? "failed: " : "skipped: ";
    into.scenario.failure += row.message.empty() ? "no reason given" : row.message;
    into.is_repeated = true;
    return "";
  }
  const auto factor = seconds_in(row.time_unit.empty() ? "ns" : row.time_unit);
  if (!factor) return "unknown time unit '" + row.time_unit + "' of " + shown;
  if (!row.real_time || !row.cpu_time) return shown + " has no real_time or no cpu_time";
  if (*row.real_time < 0 || *row.cpu_time < 0) return "a negative time of " + shown;
  into.is_repeated = into.is_repeated || aggregate.empty();
  auto& metrics = aggregate.empty() ? into.scenario.metrics : into.medians;
  // Of the aggregates the median, and the mean where there is none: it is written first.
  const auto put = [&](const std::string& unit, double value) {
    recorded_metric& metric = metrics[unit];
    if (aggregate == "median") metric.values.clear();
    metric.values.push_back(value);
  };
  put(units::sec_per_op, *row.real_time * *factor);
  put(units::cpu_sec_per_op, *row.cpu_time * *factor);
  for (const auto& [counter, value] : row.counters) put(unit_of(counter), value);
  return "";
}

void google_rows::finish(recording& into) {
  std::vector<std::string> aggregated;
  bool is_repeated = false;
  for (gathered& one : all_) {
    const auto time = one.scenario.metrics.find(units::sec_per_op);
    is_repeated =
        is_repeated || (time != one.scenario.metrics.end() && time->second.values.size() > 1);
    if (!one.is_repeated) {
      one.scenario.metrics = std::move(one.medians);
      aggregated.push_back(one.scenario.name);
    }
    into.scenarios.push_back(std::move(one.scenario));
  }
  if (!aggregated.empty()) {
    into.warnings.push_back(
        {.code = "aggregates-only",
         .text = "there are aggregates without their repetitions: " + list_of(aggregated),
         .next = "record without --benchmark_report_aggregates_only"});
  }
  if (is_repeated) {
    into.warnings.push_back(
        {.code = "one-process", .text = one_process_text, .next = one_process_next});
  }
  if (!twice_.empty()) {
    into.warnings.push_back(
        {.code = "duplicate-names",
         .text = "several benchmarks have one name, told apart as NAME#2: " + list_of(twice_),
         .next = "give each a name of its own"});
  }
}

}  // namespace nevaperf::formats
