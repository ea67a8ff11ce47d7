#include "core/measure/google_target.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "core/base/file.hpp"
#include "core/base/unique_fd.hpp"
#include "core/formats/google_json.hpp"
#include "core/measure/worker_server.hpp"
#include "core/stats/order_statistics.hpp"
#include "core/units/quantity.hpp"

namespace nevaperf::measure {

namespace {

constexpr double slice_seconds = 0.005;

std::string last_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text.substr(text.rfind('\n') + 1);  // npos + 1 is 0
}

std::string ending_of(const base::process_output& output) {
  const std::string words = last_line(output.err);
  return output.exit.words() + (words.empty() ? "" : ": " + words.substr(0, 300));
}

base::error no_list(const std::string& program, const std::string& what) {
  return {.what = what,
          .where = program,
          .next = "a Google Benchmark binary answers " + program + " --benchmark_list_tests"};
}

// A file in memory that another process can open by its name; it leaves nothing behind.
class memory_file {
 public:
  memory_file() : fd_(::memfd_create("nevaperf-result", MFD_CLOEXEC)) {}

  [[nodiscard]] std::string path() const {
    return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(fd_.get());
  }
  [[nodiscard]] base::result<std::string> read() const { return base::real_files().read(path()); }
  // What an earlier run wrote must not be taken for the result of the next.
  [[nodiscard]] bool clear() const { return fd_ && ::ftruncate(fd_.get(), 0) == 0; }

 private:
  base::unique_fd fd_;
};

answer run_once(const std::vector<std::string>& command, const std::string& name) {
  const memory_file out;
  if (!out.clear()) return scenario_failure{"cannot make a file for its result"};
  base::process_options how;
  how.argv = command;
  how.argv.insert(how.argv.end(),
                  {"--benchmark_filter=" + exact_filter(name), "--benchmark_out=" + out.path(),
                   "--benchmark_out_format=json", "--benchmark_repetitions=1",
                   "--benchmark_min_time=" + std::to_string(slice_seconds)});
  how.in = base::stream::null;
  how.out = base::stream::null;
  how.own_group = false;  // a session that gives up kills the group of its worker
  const auto ran = base::run_process(base::real_processes(), how, "", base::forever);
  if (!ran) return scenario_failure{ran.error().line()};
  if (!ran->exit.clean()) return scenario_failure{ending_of(*ran)};
  const auto text = out.read();
  if (!text) return scenario_failure{text.error().line()};
  if (text->empty()) return scenario_failure{"it wrote no result: " + ending_of(*ran)};
  return slice_from_google(*text, name, slice_seconds);
}

}  // namespace

base::result<std::vector<std::string>> list_google_benchmarks(
    base::process_launcher& processes, const std::vector<std::string>& command,
    std::int64_t timeout_ns) {
  base::process_options how;
  how.argv = command;
  how.argv.emplace_back("--benchmark_list_tests=true");
  const auto listed = base::run_process(processes, how, "", timeout_ns);
  if (!listed) return listed.error();
  const std::string& program = command.front();
  if (listed->exit.killed) return no_list(program, "it does not list its benchmarks in time");
  if (!listed->exit.clean()) {
    return no_list(program, "it does not list its benchmarks: " + ending_of(*listed));
  }
  std::vector<std::string> names;
  std::set<std::string_view> seen;
  std::string_view rest = listed->out;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty()) continue;
    // A program that repeats its arguments is no list.
    if (line.front() == '-') return no_list(program, "it is no Google Benchmark binary");
    if (seen.insert(line).second) names.emplace_back(line);
  }
  if (names.empty()) return no_list(program, "it lists no benchmarks");
  return names;
}

std::string exact_filter(std::string_view name) {
  std::string out = "^";
  for (const char c : name) {
    if (std::string_view(".[{()\\*+?|^$").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out + "$";
}

bool has_threads(std::string_view name) {
  constexpr std::string_view mark = "/threads:";
  const std::size_t at = name.find(mark);
  if (at == std::string_view::npos) return false;
  const std::string_view count = name.substr(at + mark.size());
  return !(count == "1" || count.starts_with("1/"));
}

answer slice_from_google(std::string_view text, const std::string& name, double seconds) {
  const auto read = formats::read_google_json(text);
  if (!read) return scenario_failure{"its result cannot be read: " + read.error().line()};
  const auto found = std::find_if(read->scenarios.begin(), read->scenarios.end(),
                                  [&](const auto& one) { return one.name == name; });
  if (found == read->scenarios.end()) {
    return scenario_failure{"it did not run a benchmark of this name"};
  }
  if (!found->failure.empty()) return scenario_failure{found->failure};
  const auto metric = [&](const char* unit) -> std::optional<double> {
    const auto at = found->metrics.find(unit);
    if (at == found->metrics.end()) return std::nullopt;
    std::vector<double> values = at->second.values;
    std::sort(values.begin(), values.end());
    return stats::median(values);
  };
  const auto per_op = metric(units::sec_per_op);
  if (!per_op) return scenario_failure{"its result holds no time"};
  slice out;
  constexpr double most_operations = 1e12;
  const double operations =
      *per_op > 0 ? std::clamp(std::round(seconds / *per_op), 1.0, most_operations) : 1;
  out.iterations = static_cast<std::uint64_t>(operations);
  out.real_seconds = *per_op * operations;
  if (const auto cpu = metric(units::cpu_sec_per_op)) out.cpu_seconds = *cpu * operations;
  if (const auto rate = metric("items/s")) out.items = *rate * out.real_seconds;
  return out;
}

base::result<void> serve_google_benchmark(const std::vector<std::string>& command,
                                          const std::string& name, const std::string& known_as,
                                          const std::string& tool) {
  return serve_requests({.tool = tool, .pid = ::getpid(), .scenario = known_as},
                        [&](const request& wanted) -> answer {
                          if (wanted.what != request::kind::run)
                            return no_counts{"it works in other processes"};
                          return run_once(command, name);
                        });
}

}  // namespace nevaperf::measure
