#include "core/formats/criterion_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "core/formats/json_cursor.hpp"
#include "core/formats/json_outline.hpp"
#include "core/units/quantity.hpp"

namespace nevaperf::formats {

namespace {

constexpr double seconds_per_ns = 1e-9;

double time_at(const json_cursor& at) {
  const double value = at.number();
  if (value < 0) at.fail("a negative time");
  return value;
}

// Reads a document with `take`; the error names the file.
template <class Take>
base::result<void> read_document(const std::string& text, const char* file, const Take& take) {
  const auto document = parse_json(text);
  if (!document) return document.error().within(file);
  std::optional<base::error> problem;
  take(json_cursor(*document, problem));
  if (problem) return problem->within(file);
  return {};
}

void take_samples(const json_cursor& root, std::vector<double>& into) {
  const json_cursor iterations = root.member("iters");
  std::size_t next = 0;
  root.member("times").each([&](const json_cursor& time) {
    const json_cursor count = iterations.element(next++);
    const double n = count.number();
    if (!(n >= 1)) count.fail("iterations below 1");
    into.push_back(time_at(time) / n * seconds_per_ns);
  });
  iterations.expect_size(next);
}

void take_estimate(const json_cursor& root, std::vector<double>& into) {
  if (!root.maybe("std_dev")) {
    root.fail("these are changes between two runs, not times");
  }
  into.push_back(time_at(root.member("median").member("point_estimate")) * seconds_per_ns);
}

}  // namespace

base::result<recorded_scenario> read_criterion_benchmark(const criterion_files& files) {
  recorded_scenario out;
  out.name = files.fallback_name;
  if (!files.benchmark.empty()) {
    const auto read = read_document(files.benchmark, "benchmark.json", [&](const auto& root) {
      if (const auto name = root.maybe("full_id")) out.name = name->text();
    });
    if (!read) return read.error();
  }
  if (out.name.empty()) out.name = "benchmark";
  auto& values = out.metrics[units::sec_per_op].values;
  const bool has_samples = !files.sample.empty();
  const auto read = has_samples
                        ? read_document(files.sample, "sample.json",
                                        [&](const auto& root) { take_samples(root, values); })
                        : read_document(files.estimates, "estimates.json",
                                        [&](const auto& root) { take_estimate(root, values); });
  if (!read) return read.error();
  if (values.empty()) {
    return base::error{.what = "there is no benchmark result in it", .where = "", .next = ""};
  }
  return out;
}

base::result<recording> criterion_recording(std::vector<recorded_scenario> scenarios) {
  recording out;
  out.kind = recording_kind::criterion;
  std::set<std::string> names;
  bool is_repeated = false;
  for (const recorded_scenario& one : scenarios) {
    if (!names.insert(one.name).second) {
      return base::error{.what = "'" + one.name + "' appears twice",
                         .where = "",
                         .next = "remove the folder that is out of date"};
    }
    is_repeated = is_repeated || one.metrics.begin()->second.values.size() > 1;
  }
  out.scenarios = std::move(scenarios);
  if (is_repeated) {
    out.warnings.push_back(
        {.code = "one-process", .text = one_process_text, .next = one_process_next});
  }
  return out;
}

base::result<recording> read_criterion_json(std::string_view text) {
  criterion_files files;
  (outline_of(text).has("iters") ? files.sample : files.estimates) = text;
  auto one = read_criterion_benchmark(files);
  if (!one) return one.error();
  std::vector<recorded_scenario> scenarios;
  scenarios.push_back(*std::move(one));
  return criterion_recording(std::move(scenarios));
}

}  // namespace nevaperf::formats
