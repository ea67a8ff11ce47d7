#include "core/formats/google_json.hpp"

#include <algorithm>
#include <array>

#include "core/formats/google_rows.hpp"
#include "core/formats/json_scan.hpp"

namespace nevaperf::formats {

namespace {

// Members that say how it was measured, and fits that are no measurement.
bool is_bookkeeping(std::string_view key) {
  constexpr std::array<std::string_view, 7> known = {
      "repetitions", "repetition_index", "threads",         "iterations",
      "rms",         "cpu_coefficient",  "real_coefficient"};
  return std::find(known.begin(), known.end(), key) != known.end();
}

class google_handler final : public json_handler {
 public:
  explicit google_handler(recording& out) : out_(out) {}

  // What the handler itself refused; empty if nothing.
  const std::string& problem() const { return problem_; }
  bool has_benchmarks() const { return has_benchmarks_; }
  google_rows& rows() { return rows_; }

  bool null() override { return true; }
  bool truth(bool value) override {
    if (in_row() && key_ == "error_occurred") row_.has_error = value;
    if (in_row() && key_ == "skipped") row_.is_skipped = value;
    if (in_context() && key_ == "cpu_scaling_enabled" && value) {
      out_.warnings.push_back({.code = "frequency-scaling",
                               .text = "the CPU could change its frequency",
                               .next = "set the governor 'performance' while you measure"});
    }
    return true;
  }
  bool number(double value) override;
  bool string(std::string_view value) override;

  bool start_object() override {
    ++depth_;
    if (in_row()) row_ = {};
    return true;
  }
  bool end_object() override {
    if (in_row()) problem_ = rows_.add(std::move(row_));
    --depth_;
    return problem_.empty();
  }
  bool start_array() override {
    if (depth_ == 1) has_benchmarks_ = has_benchmarks_ || section_ == "benchmarks";
    ++depth_;
    return true;
  }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool key(std::string_view name) override {
    if (depth_ == 1) section_ = name;
    key_ = name;
    return true;
  }

 private:
  bool in_context() const { return depth_ == 2 && section_ == "context"; }
  bool in_row() const { return depth_ == 3 && section_ == "benchmarks"; }
  bool fail(std::string what) {
    problem_ = std::move(what);
    return false;
  }

  recording& out_;
  std::string problem_;
  std::size_t depth_ = 0;
  std::string section_;  // the key of the outermost object
  std::string key_;
  google_row row_;
  google_rows rows_;
  bool has_benchmarks_ = false;
};

bool google_handler::string(std::string_view value) {
  if (in_context()) {
    if (key_ == "host_name") out_.environment.host = value;
    if (key_ == "library_build_type" && value == "debug") {
      out_.warnings.push_back({.code = "debug-library",
                               .text = "Google Benchmark itself was built for debugging",
                               .next = "use a release build of the library"});
    }
    constexpr const char* named[] = {"date", "executable", "library_version"};
    if (std::find(std::begin(named), std::end(named), key_) != std::end(named)) {
      out_.configuration[key_] = value;
    }
  }
  if (!in_row()) return true;
  if (key_ == "name")
    row_.name = value;
  else if (key_ == "run_name")
    row_.run_name = value;
  else if (key_ == "run_type")
    row_.run_type = value;
  else if (key_ == "aggregate_name")
    row_.aggregate = value;
  else if (key_ == "time_unit")
    row_.time_unit = value;
  else if (key_ == "error_message" || key_ == "skip_message")
    row_.message = value;
  else if (key_ == "real_time" || key_ == "cpu_time")
    return fail(key_ + " is not a number");
  return true;
}

bool google_handler::number(double value) {
  if (in_context() && key_ == "num_cpus" && value >= 0 && value < 1e6) {
    out_.environment.cores = static_cast<std::uint32_t>(value);
  }
  if (depth_ == 3 && section_ == "context" && key_ == "load_avg" && !out_.environment.load) {
    out_.environment.load = value;
  }
  if (!in_row()) return true;
  if (key_ == "name") return fail("a benchmark's name is not a text");
  if (key_ == "real_time")
    row_.real_time = value;
  else if (key_ == "cpu_time")
    row_.cpu_time = value;
  else if (key_ == "family_index")
    row_.family = value;
  else if (key_ == "per_family_instance_index")
    row_.instance = value;
  else if (!is_bookkeeping(key_))
    row_.counters.emplace_back(key_, value);
  return true;
}

}  // namespace

base::result<recording> read_google_json(std::string_view text) {
  recording out;
  out.kind = recording_kind::google_benchmark;
  google_handler handler(out);
  const scan_result end = scan_json(text, handler);
  const auto refused = [&](std::string what, std::string next) {
    return base::error{
        .what = std::move(what), .where = line_at(text, end.place), .next = std::move(next)};
  };
  switch (end.how) {
    case scan_end::whole:
      break;
    case scan_end::stopped:
      return refused(handler.problem(), "");
    case scan_end::too_deep:
      return refused("nested too deeply", "is this the right file?");
    case scan_end::cut_off:
      return refused("the file ends in the middle of its JSON",
                     "it was cut off; write or copy it again");
    case scan_end::malformed: {
      constexpr std::size_t shown_bytes = 30;
      return refused("not valid JSON at '" + std::string(text.substr(end.place, shown_bytes)) + "'",
                     "a counter that is NaN or infinite is written so; correct the benchmark");
    }
  }
  handler.rows().finish(out);
  if (!handler.has_benchmarks() || out.scenarios.empty()) {
    return base::error{.what = "there is no benchmark result in it",
                       .where = "/benchmarks",
                       .next = "did a filter fit nothing when it was recorded?"};
  }
  return out;
}

}  // namespace nevaperf::formats
