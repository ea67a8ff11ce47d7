// Benchmark results from whatever tool wrote them: names, units, samples, and nothing else.
//
// The common ground of all readers, on which results are compared. Values are in base units:
// seconds
// ("sec/op"), bytes ("B/op", "B/s"), counts. A sample is one repetition; where a tool tells
// processes apart it is one process.
// Thread safety: values; share nothing. Invariants: names differ and are not empty; all values are
// finite, none of a cost ("/op") or a rate ("/s") is negative; a metric has at least one value.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/model/environment.hpp"
#include "core/model/run.hpp"
#include "core/model/warning.hpp"

namespace nevaperf::formats {

enum class recording_kind {
  nevaperf_run,
  nevaperf_baseline,
  google_benchmark,
  go_benchmark,
  hyperfine,
  pyperf,
  criterion,
  nanobench,
};

[[nodiscard]] const char* to_text(recording_kind kind);  // "a nevaperf run", ...

struct recorded_metric {
  std::vector<double> values;  // in the order of measurement
  bool is_exact = false;       // the writer says that it does not depend on chance

  friend bool operator==(const recorded_metric&, const recorded_metric&) = default;
};

struct recorded_scenario {
  std::string name;
  std::string package = {};  // Go: its own; it starts the name if there are several
  std::map<std::string, std::string> settings = {};  // what differs in the file: "toolchain"
  std::string failure;                               // one line; empty if it succeeded
  std::map<std::string, recorded_metric> metrics;    // by unit
  std::vector<model::warning> warnings;

  friend bool operator==(const recorded_scenario&, const recorded_scenario&) = default;
};

enum class better { less, more };

// What the file itself says about a unit.
struct unit_facts {
  std::optional<better> direction;
  bool is_exact = false;

  friend bool operator==(const unit_facts&, const unit_facts&) = default;
};

struct recording {
  recording_kind kind = recording_kind::nevaperf_run;
  std::string id;  // of a nevaperf run; empty otherwise
  model::environment environment;
  std::map<std::string, std::string> configuration;  // what else is said of the whole file
  std::vector<recorded_scenario> scenarios;
  std::map<std::string, unit_facts> units;
  std::vector<model::warning> warnings;
  // Go: the package, if there is only one; with several, names are "package.name".
  std::string package;
};

// The doubt about repetitions of one process, and what to do.
inline constexpr const char* one_process_text =
    "repetitions come from one process, whose own luck no interval shows";
inline constexpr const char* one_process_next =
    "take several recordings, each of a new process, or use nevaperf compare builds";
// What can be read, for errors.
inline constexpr const char* known_formats =
    "known are nevaperf runs, the text of go test -bench, and the JSON of Google Benchmark, "
    "hyperfine, pyperf, criterion and nanobench";

// Recognises the format by its content. The place in an error is a line, or a JSON pointer for
// formats that are written on one line.
[[nodiscard]] base::result<recording> read_recording(std::string_view text);

[[nodiscard]] recording to_recording(const model::run& data);

}  // namespace nevaperf::formats
