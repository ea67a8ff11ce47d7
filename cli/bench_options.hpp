// The words of a bench command line, as written.
//
// Thread safety: values; share nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.hpp"

namespace CLI {
class App;
}

namespace nevaperf::cli {

struct bench_options {
  std::vector<std::string> filters;
  std::vector<std::string> programs;
  std::vector<std::string> targets;
  bool list = false;
  bool quick = false;
  bool thorough = false;
  bool instructions = false;
  bool resume = false;
  // Empty: not given.
  std::string format;
  std::string save;
  std::string out;
  std::string time;
  std::string precision;
  std::string timeout;
  std::string seed;
  std::string dir;
};

// Binds the options of the verb to `into`, which must outlive it.
void add_bench_options(CLI::App& verb, bench_options& into);

// The words that lead to the same run, with `seed`; without --dir, which says where they are kept.
[[nodiscard]] std::vector<std::string> bench_words(const bench_options& options,
                                                   std::uint64_t seed);
[[nodiscard]] base::result<bench_options> parse_bench_words(std::vector<std::string> words);

}  // namespace nevaperf::cli
