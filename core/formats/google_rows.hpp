// Rows of a Google Benchmark file, gathered into scenarios.
//
// Thread safety: owner only.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/formats/recording.hpp"

namespace nevaperf::formats {

// One element of the array "benchmarks", as written.
struct google_row {
  std::string name;
  std::string run_name;
  std::string run_type;
  std::string aggregate;
  std::string time_unit;
  std::string message;  // of an error or a skip
  bool has_error = false;
  bool is_skipped = false;
  std::optional<double> real_time;
  std::optional<double> cpu_time;
  double family = -1;
  double instance = -1;
  std::vector<std::pair<std::string, double>> counters;
};

class google_rows {
 public:
  // Returns what is wrong with the row; empty if nothing is.
  [[nodiscard]] std::string add(google_row row);
  // The scenarios of all rows, in the order in which they came.
  void finish(recording& into);

 private:
  struct gathered {
    recorded_scenario scenario;
    std::map<std::string, recorded_metric> medians;  // of aggregate rows
    bool is_repeated = false;                        // there are rows of single repetitions
  };
  gathered& place(const google_row& row);

  std::vector<gathered> all_;
  std::unordered_map<std::string, std::size_t> places_;
  std::unordered_map<std::string, int> uses_;  // of a name
  std::vector<std::string> twice_;
};

}  // namespace nevaperf::formats
