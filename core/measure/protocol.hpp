// The lines that a session and its workers exchange. Grammar: worker_protocol.md beside this file.
//
// Units: seconds. Thread safety: pure functions. Every written line ends with a line break and
// holds no other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/error.hpp"

namespace nevaperf::measure {

inline constexpr const char* worker_protocol = "nevaperf.worker/1";

struct greeting {
  std::string tool;  // version of the program
  std::int64_t pid = 0;
  std::string scenario;
  // What it answers besides `run` and `count`: "usage", "instructions". An older one says nothing.
  std::vector<std::string> more = {};

  friend bool operator==(const greeting&, const greeting&) = default;
};

struct request {
  enum class kind { run, count, usage, instructions };
  kind what = kind::run;
  std::uint64_t iterations = 1;

  friend bool operator==(const request&, const request&) = default;
};

// One timed stretch of a scenario.
struct slice {
  std::uint64_t iterations = 0;
  double real_seconds = 0;
  std::optional<double> cpu_seconds;  // nothing: other processes did the work
  std::optional<double> items;

  friend bool operator==(const slice&, const slice&) = default;
};

struct allocation_counts {
  std::uint64_t operations = 0;
  double allocations = 0;
  double bytes = 0;

  friend bool operator==(const allocation_counts&, const allocation_counts&) = default;
};

// What the operations took from the system.
struct system_usage {
  std::uint64_t operations = 0;
  double voluntary_switches = 0;    // it waited
  double involuntary_switches = 0;  // it was stopped
  // The most memory that the process ever held; nothing: other processes did the work.
  std::optional<double> peak_memory_bytes;

  friend bool operator==(const system_usage&, const system_usage&) = default;
};

struct instruction_count {
  std::uint64_t operations = 0;
  double instructions = 0;

  friend bool operator==(const instruction_count&, const instruction_count&) = default;
};

struct no_counts {
  std::string why;

  friend bool operator==(const no_counts&, const no_counts&) = default;
};

struct scenario_failure {
  std::string what;  // one line

  friend bool operator==(const scenario_failure&, const scenario_failure&) = default;
};

using answer = std::variant<slice, allocation_counts, system_usage, instruction_count, no_counts,
                            scenario_failure>;

// The word of a request: "run".
[[nodiscard]] const char* to_text(request::kind what);

[[nodiscard]] std::string write_greeting(const greeting& data);
[[nodiscard]] std::string write_request(const request& data);
[[nodiscard]] std::string write_answer(const answer& data);

// Strict: what is not in the grammar is an error, so are slices without time or iterations.
[[nodiscard]] base::result<greeting> read_greeting(std::string_view line);
[[nodiscard]] base::result<request> read_request(std::string_view line);
[[nodiscard]] base::result<answer> read_answer(std::string_view line);

}  // namespace nevaperf::measure
