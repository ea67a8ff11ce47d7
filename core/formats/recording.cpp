#include "core/formats/recording.hpp"

#include <array>
#include <utility>

#include "core/formats/baseline_json.hpp"
#include "core/formats/criterion_json.hpp"
#include "core/formats/go_text.hpp"
#include "core/formats/google_json.hpp"
#include "core/formats/json_outline.hpp"
#include "core/formats/run_json.hpp"
#include "core/formats/timing_json.hpp"

namespace nevaperf::formats {

namespace {

constexpr std::array<std::pair<recording_kind, const char*>, 8> kind_texts = {{
    {recording_kind::nevaperf_run, "a nevaperf run"},
    {recording_kind::nevaperf_baseline, "a nevaperf baseline"},
    {recording_kind::google_benchmark, "Google Benchmark JSON"},
    {recording_kind::go_benchmark, "Go benchmark text"},
    {recording_kind::hyperfine, "hyperfine JSON"},
    {recording_kind::pyperf, "pyperf JSON"},
    {recording_kind::criterion, "criterion JSON"},
    {recording_kind::nanobench, "nanobench JSON"},
}};

base::result<recording> read_own(std::string_view text, const json_outline& outline) {
  if (outline.schema.starts_with("nevaperf.baseline/")) {
    auto saved = read_baseline(text);
    if (!saved) return saved.error();
    recording out = to_recording(saved->run);
    out.kind = recording_kind::nevaperf_baseline;
    return out;
  }
  auto run = read_run(text);
  if (!run) return run.error();
  return to_recording(*run);
}

base::result<recording> read_json_recording(std::string_view text) {
  const json_outline outline = outline_of(text);
  if (outline.has("schema")) return read_own(text, outline);
  if (outline.has("benchmarks") && outline.has("context")) return read_google_json(text);
  if (outline.has("benchmarks") && (outline.has("version") || outline.has("metadata"))) {
    return read_pyperf_json(text);
  }
  if (outline.has("results")) return read_results_json(text);
  const bool is_sample = outline.has("iters") && outline.has("times");
  const bool is_estimate = outline.has("mean") && outline.has("median");
  if (is_sample || is_estimate) return read_criterion_json(text);
  if (outline.has("full_id")) {
    return base::error{.what = "criterion's name of a benchmark, without its times",
                       .where = "",
                       .next = "give sample.json beside it, or the folder target/criterion"};
  }
  // What is not JSON at all has a better name for its fault.
  if (auto checked = check_json(text); !checked) return checked.error();
  return base::error{
      .what = "this JSON is not a benchmark result", .where = "", .next = known_formats};
}

}  // namespace

const char* to_text(recording_kind kind) {
  for (const auto& [value, text] : kind_texts) {
    if (value == kind) return text;
  }
  return "unknown";
}

base::result<recording> read_recording(std::string_view text) {
  if (text.starts_with("\x1F\x8B")) {
    return base::error{
        .what = "this is compressed with gzip", .where = "", .next = "unpack it with gunzip -k"};
  }
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return base::error{.what = "this is UTF-16 text", .where = "", .next = "save it as UTF-8"};
  }
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) {
    return base::error{
        .what = "the file is empty", .where = "", .next = "was its writer interrupted?"};
  }
  return text[start] == '{' || text[start] == '[' ? read_json_recording(text) : read_go_text(text);
}

recording to_recording(const model::run& data) {
  recording out;
  out.id = data.id;
  out.environment = data.environment;
  out.warnings = data.warnings;
  for (const model::scenario& one : data.scenarios) {
    recorded_scenario scenario;
    scenario.name = one.name;
    scenario.warnings = one.warnings;
    if (one.status != model::scenario_status::ok) {
      scenario.failure = std::string(model::to_text(one.status)) + ": " + one.failure;
    }
    for (const auto& [unit, metric] : one.metrics) {
      if (metric.samples.empty()) continue;
      recorded_metric& into = scenario.metrics[unit];
      into.is_exact = metric.method == "exact";
      for (const model::sample& sample : metric.samples) into.values.push_back(sample.value);
    }
    out.scenarios.push_back(std::move(scenario));
  }
  return out;
}

}  // namespace nevaperf::formats
