#include "core/formats/go_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace nevaperf::formats {

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

void split(std::string_view line, std::vector<std::string_view>& words) {
  words.clear();
  std::size_t at = 0;
  while (at < line.size()) {
    if (is_space(line[at])) {
      ++at;
      continue;
    }
    const std::size_t start = at;
    while (at < line.size() && !is_space(line[at])) ++at;
    words.push_back(line.substr(start, at - start));
  }
}

std::string quoted(std::string_view word) {
  constexpr std::size_t shown_bytes = 60;
  std::string out = "'" + std::string(word.substr(0, shown_bytes));
  return out + (word.size() > shown_bytes ? "...'" : "'");
}

class go_reader {
 public:
  base::result<recording> read(std::string_view text);

 private:
  void line(std::string_view text);
  void result(std::string_view name);
  void configuration(std::string_view key, std::string_view value);
  void unit_line();
  void failure_line(std::string_view text);
  recorded_scenario& scenario(std::string_view name);
  void tell_states_apart();
  void finish(std::string_view text);
  void fail(std::string what, std::string next) {
    if (!problem_) {
      problem_ = base::error{.what = std::move(what),
                             .where = "line " + std::to_string(line_number_),
                             .next = std::move(next)};
    }
  }

  recording out_;
  std::optional<base::error> problem_;
  std::size_t line_number_ = 0;
  std::vector<std::string_view> words_;
  std::unordered_map<std::string, std::size_t> places_;  // of "state\npackage\nname"
  std::vector<std::size_t> states_;                      // beside out_.scenarios
  std::vector<std::size_t> last_process_;                // beside out_.scenarios
  std::string package_;
  std::map<std::string, std::string> current_;                   // configuration keys
  std::vector<std::map<std::string, std::string>> states_seen_;  // of configurations with results
  std::size_t state_ = 0;
  bool state_is_new_ = true;
  std::size_t process_ = 0;
  bool shares_process_ = false;  // some benchmark was repeated within one
  std::unordered_map<std::string_view, base_unit> base_units_;
  std::vector<std::size_t> odd_lines_;
  bool has_results_ = false;
  bool failed_ = false;
};

recorded_scenario& go_reader::scenario(std::string_view name) {
  if (state_is_new_) {
    const auto found = std::find(states_seen_.begin(), states_seen_.end(), current_);
    state_ = static_cast<std::size_t>(found - states_seen_.begin());
    if (found == states_seen_.end()) states_seen_.push_back(current_);
    state_is_new_ = false;
  }
  std::string key = std::to_string(state_) + "\n" + package_ + "\n";
  key += name;
  const auto [at, is_new] = places_.try_emplace(std::move(key), out_.scenarios.size());
  if (is_new) {
    recorded_scenario made;
    made.name = name;
    made.package = package_;
    out_.scenarios.push_back(std::move(made));
    states_.push_back(state_);
    last_process_.push_back(SIZE_MAX);
  }
  return out_.scenarios[at->second];
}

void go_reader::configuration(std::string_view key, std::string_view value) {
  if (key == "pkg") {
    package_ = value;
    ++process_;
    return;
  }
  const auto [at, is_new] = current_.try_emplace(std::string(key), value);
  if (!is_new && at->second == value) return;
  at->second = value;
  state_is_new_ = true;
}

void go_reader::unit_line() {
  if (words_.size() < 3) {
    return fail("a Unit line without a property", "it is 'Unit NAME assume=exact better=higher'");
  }
  unit_facts& facts = out_.units[to_base_unit(words_[1]).name];
  for (std::size_t i = 2; i < words_.size(); ++i) {
    if (words_[i] == "assume=exact") facts.is_exact = true;
    if (words_[i] == "better=higher") facts.direction = better::more;
    if (words_[i] == "better=lower") facts.direction = better::less;
  }
}

void go_reader::failure_line(std::string_view text) {
  // "--- FAIL: BenchmarkX-8", "--- SKIP: BenchmarkX (0.00s)"
  split(text, words_);
  const bool skipped = words_.size() > 1 && words_[1] == "SKIP:";
  constexpr std::string_view start = "Benchmark";
  if (words_.size() < 3 || !words_[2].starts_with(start) || words_[2] == start) return;
  scenario(words_[2].substr(start.size())).failure =
      skipped ? "skipped: its own decision" : "failed: see the output of go test";
}

void go_reader::result(std::string_view name) {
  if (words_.size() == 1) return;  // printed before the benchmark ran, with -v
  std::uint64_t iterations = 0;
  const char* const end = words_[1].data() + words_[1].size();
  const auto [stop, code] = std::from_chars(words_[1].data(), end, iterations);
  if (code != std::errc() || stop != end) {
    odd_lines_.push_back(line_number_);
    return;
  }
  if (words_.size() < 4 || words_.size() % 2 != 0) {
    return fail("the result of " + quoted(words_[0]) + " is cut off",
                "a result is: name iterations value unit [value unit]...");
  }
  recorded_scenario& into = scenario(name);
  std::set<std::string_view> seen;
  for (std::size_t i = 2; i < words_.size(); i += 2) {
    double value = 0;
    const std::string_view word = words_[i];
    const auto [rest, wrong] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (wrong != std::errc() || rest != word.data() + word.size() || !std::isfinite(value)) {
      return fail(quoted(word) + " of " + quoted(words_[0]) + " is not a finite number",
                  "remove or measure that result again");
    }
    if (!seen.insert(words_[i + 1]).second) {
      return fail("unit " + quoted(words_[i + 1]) + " stands twice in one result", "");
    }
    auto known = base_units_.find(words_[i + 1]);
    if (known == base_units_.end()) {
      known = base_units_.emplace(words_[i + 1], to_base_unit(words_[i + 1])).first;
    }
    const base_unit& unit = known->second;
    if (value < 0 && (unit.name.ends_with("/op") || unit.name.ends_with("/s"))) {
      return fail("a negative value: " + std::string(word) + " " + std::string(words_[i + 1]),
                  "remove or measure that result again");
    }
    if (!std::isfinite(value * unit.factor)) return fail(quoted(word) + " is too large", "");
    into.metrics[unit.name].values.push_back(value * unit.factor);
  }
  has_results_ = true;
  std::size_t& last = last_process_[static_cast<std::size_t>(&into - out_.scenarios.data())];
  shares_process_ = shares_process_ || last == process_;
  last = process_;
}

void go_reader::line(std::string_view text) {
  constexpr std::string_view start = "Benchmark";
  if (text.starts_with(start)) {
    const std::string_view rest = text.substr(start.size());
    if (!rest.empty() && rest.front() >= 'a' && rest.front() <= 'z') return;
    split(text, words_);
    if (words_.empty()) return;
    const std::string_view name = words_[0].substr(start.size());
    return result(name.empty() ? words_[0] : name);
  }
  if (text.starts_with("Unit ")) {
    split(text, words_);
    return unit_line();
  }
  if (text.starts_with("--- FAIL:") || text.starts_with("--- SKIP:")) return failure_line(text);
  if (text.starts_with("PASS") || text.starts_with("ok  ")) ++process_;
  failed_ = failed_ || trimmed(text) == "FAIL" || text.starts_with("FAIL\t");
  // A key starts with a small letter and has neither a capital letter nor a space.
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos) return;
  const std::string_view key = text.substr(0, colon);
  const auto in_key = [](char c) { return !is_space(c) && !(c >= 'A' && c <= 'Z'); };
  if (key.front() < 'a' || key.front() > 'z' || !std::all_of(key.begin(), key.end(), in_key)) {
    return;
  }
  const std::string_view value = text.substr(colon + 1);
  if (!value.empty() && !is_space(value.front())) return;
  configuration(key, trimmed(value));
}

// What is the same for all results belongs to the file, the rest to each scenario.
void go_reader::tell_states_apart() {
  out_.configuration = current_;
  std::set<std::string> changing;
  for (const auto& state : states_seen_) {
    for (const auto* one : {&std::as_const(state), &std::as_const(current_)}) {
      for (const auto& [key, value] : *one) {
        const auto first = states_seen_.front().find(key);
        if (first == states_seen_.front().end() || first->second != value) changing.insert(key);
      }
    }
  }
  for (const std::string& key : changing) {
    out_.configuration.erase(key);
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const auto& state = states_seen_[states_[i]];
      const auto found = state.find(key);
      out_.scenarios[i].settings[key] = found == state.end() ? "" : found->second;
    }
  }
}

void go_reader::finish(std::string_view text) {
  const auto warn = [&](const char* code, std::string what, const char* next) {
    out_.warnings.push_back({.code = code, .text = std::move(what), .next = next});
  };
  std::set<std::string> packages;
  for (const recorded_scenario& one : out_.scenarios) packages.insert(one.package);
  if (packages.size() == 1) {
    out_.package = *packages.begin();
  } else {
    for (recorded_scenario& one : out_.scenarios) {
      if (!one.package.empty()) one.name.insert(0, one.package + ".");
    }
  }
  tell_states_apart();
  const auto setting = [&](const char* key) {
    const auto found = out_.configuration.find(key);
    return found == out_.configuration.end() ? std::nullopt : std::optional(found->second);
  };
  out_.environment.cpu_model = setting("cpu");
  if (const auto os = setting("goos")) {
    out_.environment.os = *os + (setting("goarch") ? "/" + *setting("goarch") : "");
  }
  if (!odd_lines_.empty()) {
    warn("odd-lines",
         std::to_string(odd_lines_.size()) +
             " lines start like a result and are none, first line " +
             std::to_string(odd_lines_.front()),
         "a benchmark that prints breaks its own line; let it be silent");
  }
  if (shares_process_) {
    warn("one-process", one_process_text, one_process_next);
  }
  if (failed_) warn("failed-tests", "go test ended with FAIL", "see its output");
  if (!text.ends_with('\n')) {
    warn("torn-end", "the last line is not ended: the file may be cut off",
         "compare its end with what go test printed");
  }
}

base::result<recording> go_reader::read(std::string_view text) {
  out_.kind = recording_kind::go_benchmark;
  if (text.find('\0') != std::string_view::npos) {
    return base::error{.what = "this is binary data, not a benchmark result",
                       .where = "",
                       .next = "is this the right file?"};
  }
  for (std::string_view rest = text; !rest.empty() && !problem_;) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    ++line_number_;
    line(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (problem_) return *problem_;
  if (!has_results_) {
    return base::error{
        .what = "there is no benchmark result in it", .where = "", .next = known_formats};
  }
  finish(text);
  return std::move(out_);
}

}  // namespace

base_unit to_base_unit(std::string_view unit) {
  const auto replaced = [&](std::string_view part, const char* by, double factor) {
    return base_unit{std::string(by) + std::string(unit.substr(part.size())), factor};
  };
  if (unit.starts_with("ns/")) return replaced("ns", "sec", 1e-9);
  if (unit.starts_with("MB/")) return replaced("MB", "B", 1e6);
  if (unit.ends_with("-ns") || unit.find("-ns/") != std::string_view::npos) {
    const std::size_t at = unit.ends_with("-ns") ? unit.size() - 2 : unit.find("-ns/") + 1;
    return {std::string(unit.substr(0, at)) + "sec" + std::string(unit.substr(at + 2)), 1e-9};
  }
  return {unit == "ns" ? "sec" : std::string(unit), unit == "ns" ? 1e-9 : 1};
}

base::result<recording> read_go_text(std::string_view text) {
  return go_reader().read(text);
}

}  // namespace nevaperf::formats
