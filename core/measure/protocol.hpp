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

#include "core/base/error.hpp"

namespace nevaperf::measure {

inline constexpr const char* worker_protocol = "nevaperf.worker/1";

struct greeting {
  std::string tool;  // version of the program
  std::int64_t pid = 0;
  std::string scenario;

  friend bool operator==(const greeting&, const greeting&) = default;
};

struct request {
  enum class kind { run, count };
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

struct no_counts {
  std::string why;

  friend bool operator==(const no_counts&, const no_counts&) = default;
};

struct scenario_failure {
  std::string what;  // one line

  friend bool operator==(const scenario_failure&, const scenario_failure&) = default;
};

using answer = std::variant<slice, allocation_counts, no_counts, scenario_failure>;

[[nodiscard]] std::string write_greeting(const greeting& data);
[[nodiscard]] std::string write_request(const request& data);
[[nodiscard]] std::string write_answer(const answer& data);

// Strict: what is not in the grammar is an error, so are slices without time or iterations.
[[nodiscard]] base::result<greeting> read_greeting(std::string_view line);
[[nodiscard]] base::result<request> read_request(std::string_view line);
[[nodiscard]] base::result<answer> read_answer(std::string_view line);

}  // namespace nevaperf::measure
