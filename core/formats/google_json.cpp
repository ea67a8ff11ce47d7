#include "core/formats/google_json.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "core/formats/google_rows.hpp"

namespace nevaperf::formats {

namespace {

using nlohmann::json;

// Characters of the text that remember how far the parser has come.
class watched_character {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  watched_character(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}
  reference operator*() const { return *at_; }
  watched_character& operator++() {
    *furthest_ = ++at_;
    return *this;
  }
  friend bool operator==(const watched_character& a, const watched_character& b) {
    return a.at_ == b.at_;
  }
  friend bool operator!=(const watched_character& a, const watched_character& b) {
    return !(a == b);
  }

 private:
  const char* at_;
  const char** furthest_;
};

// Members that say how it was measured, and fits that are no measurement.
bool is_bookkeeping(const std::string& key) {
  static const std::set<std::string, std::less<>> known = {
      "repetitions", "repetition_index", "threads",         "iterations",
      "rms",         "cpu_coefficient",  "real_coefficient"};
  return known.contains(key);
}

class google_handler final : public nlohmann::json_sax<json> {
 public:
  google_handler(std::string_view text, recording& out) : text_(text), out_(out) {
    furthest_ = text.data();
  }

  const char** furthest() { return &furthest_; }
  const std::optional<base::error>& problem() const { return problem_; }
  bool has_benchmarks() const { return has_benchmarks_; }
  google_rows& rows() { return rows_; }

  bool null() override { return true; }
  bool boolean(bool value) override {
    if (in_row() && key_ == "error_occurred") row_.has_error = value;
    if (in_row() && key_ == "skipped") row_.is_skipped = value;
    if (in_context() && key_ == "cpu_scaling_enabled" && value) {
      out_.warnings.push_back({.code = "frequency-scaling",
                               .text = "the CPU could change its frequency",
                               .next = "set the governor 'performance' while you measure"});
    }
    return true;
  }
  bool number_integer(number_integer_t value) override {
    return number(static_cast<double>(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return number(static_cast<double>(value));
  }
  bool number_float(number_float_t value, const string_t&) override { return number(value); }
  bool string(string_t& value) override;
  bool binary(binary_t&) override { return true; }

  bool start_object(std::size_t) override {
    ++depth_;
    if (in_row()) row_ = {};
    return depth_ < depth_limit || fail("nested too deeply");
  }
  bool end_object() override {
    bool fine = true;
    if (in_row()) {
      const std::string wrong = rows_.add(std::move(row_));
      fine = wrong.empty() || fail(wrong);
    }
    --depth_;
    return fine;
  }
  bool start_array(std::size_t) override {
    if (depth_ == 1) has_benchmarks_ = has_benchmarks_ || key_ == "benchmarks";
    ++depth_;
    return depth_ < depth_limit || fail("nested too deeply");
  }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool key(string_t& value) override {
    if (depth_ == 1) section_ = value;
    key_ = std::move(value);
    return true;
  }
  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::detail::exception&) override {
    if (position > text_.size() || furthest_ == text_.data() + text_.size()) {
      return fail("the file ends in the middle of its JSON",
                  "it was cut off; write or copy it again");
    }
    return fail(
        "not valid JSON at '" + token.substr(token.size() > 40 ? token.size() - 40 : 0) + "'",
        "a counter that is NaN or infinite is written so; correct the benchmark");
  }

 private:
  static constexpr std::size_t depth_limit = 64;

  bool in_context() const { return depth_ == 2 && section_ == "context"; }
  bool in_row() const { return depth_ == 3 && section_ == "benchmarks"; }
  bool number(double value);
  bool fail(std::string what, std::string next = "") {
    if (!problem_) {
      const auto line = 1 + std::count(text_.data(), furthest_, '\n');
      problem_ = base::error{.what = std::move(what),
                             .where = "line " + std::to_string(line),
                             .next = std::move(next)};
    }
    return false;
  }

  std::string_view text_;
  recording& out_;
  const char* furthest_ = nullptr;
  std::optional<base::error> problem_;
  std::size_t depth_ = 0;
  std::string section_;  // the key of the outermost object
  std::string key_;
  google_row row_;
  google_rows rows_;
  bool has_benchmarks_ = false;
};

bool google_handler::string(string_t& value) {
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
    row_.name = std::move(value);
  else if (key_ == "run_name")
    row_.run_name = std::move(value);
  else if (key_ == "run_type")
    row_.run_type = std::move(value);
  else if (key_ == "aggregate_name")
    row_.aggregate = std::move(value);
  else if (key_ == "time_unit")
    row_.time_unit = std::move(value);
  else if (key_ == "error_message" || key_ == "skip_message")
    row_.message = std::move(value);
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
  google_handler handler(text, out);
  const char** const furthest = handler.furthest();
  json::sax_parse(watched_character(text.data(), furthest),
                  watched_character(text.data() + text.size(), furthest), &handler);
  if (handler.problem()) return *handler.problem();
  handler.rows().finish(out);
  if (!handler.has_benchmarks() || out.scenarios.empty()) {
    return base::error{.what = "there is no benchmark result in it",
                       .where = "/benchmarks",
                       .next = "did a filter fit nothing when it was recorded?"};
  }
  return out;
}

}  // namespace nevaperf::formats
