// A program that holds benchmarks: a build of nevaperf or a Google Benchmark binary.
//
// Thread safety: values; share nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/process.hpp"

namespace nevaperf::cli {

enum class build_kind { nevaperf, google_benchmark };

struct listed_scenario {
  std::string name;
  std::vector<std::string> tags;  // of a nevaperf build
};

struct build_under_test {
  std::vector<std::string> command;  // program and arguments
  build_kind kind = build_kind::google_benchmark;
  std::vector<listed_scenario> scenarios;
};

// "prog", "prog --option 'two words'", "env A=1 prog": words as a shell splits them, without any
// expansion. What is the path of a file is one word, whatever it holds.
[[nodiscard]] base::result<std::vector<std::string>> split_command(const base::file_system& files,
                                                                   const std::string& text);

// Asks the program what it is and what it holds.
[[nodiscard]] base::result<build_under_test> find_build(base::process_launcher& processes,
                                                        std::vector<std::string> command,
                                                        std::int64_t timeout_ns);

// The worker (core/measure/worker_protocol.md) of one of its scenarios.
[[nodiscard]] std::vector<std::string> worker_command(const build_under_test& build,
                                                      const std::string& scenario);

// Whether two commands run the very same program: equal arguments, and files of equal content that
// load nothing from beside them. Such builds cannot differ.
[[nodiscard]] bool is_same_program(const base::file_system& files,
                                   const std::vector<std::string>& one,
                                   const std::vector<std::string>& other);

}  // namespace nevaperf::cli
