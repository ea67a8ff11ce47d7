#include "cli/bench_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace nevaperf::cli {

namespace {

constexpr const char* verb_name = "bench";

struct named_value {
  const char* option;
  std::string bench_options::*value;
};

// The options with a value that belong to the run itself.
constexpr named_value run_values[] = {
    {"--time", &bench_options::time},       {"--target-precision", &bench_options::precision},
    {"--timeout", &bench_options::timeout}, {"--save", &bench_options::save},
    {"--out", &bench_options::out},         {"--format", &bench_options::format},
};

}  // namespace

void add_bench_options(CLI::App& verb, bench_options& into) {
  verb.add_option("filter", into.filters,
                  "Scenarios: a part of a name, a pattern ('pipeline/*') or 'tag:micro'; "
                  "all if none")
      ->default_str("");
  verb.add_flag("--list", into.list, "List the scenarios and exit");
  verb.add_option(
          "--program", into.programs,
          "A Neva program (IR JSON) as a scenario; repeatable; without a filter these alone")
      ->type_name("FILE")
      ->default_str("")
      ->allow_extra_args(false);
  verb.add_option("--target", into.targets,
                  "A Google Benchmark binary, with arguments in one word; repeatable; without a "
                  "filter all of it")
      ->type_name("CMD")
      ->default_str("")
      ->allow_extra_args(false);
  verb.add_option("--format", into.format, "text or json")->type_name("FORMAT");
  verb.add_option("--save", into.save, "Keep the run as a baseline")->type_name("NAME");
  verb.add_option("--out", into.out, "Write the run to a file too")->type_name("FILE");
  CLI::Option* quick =
      verb.add_flag("--quick", into.quick, "5% and 45 s at most, instead of 2% and 2 min");
  verb.add_flag("--thorough", into.thorough, "0.5% and 15 min at most")->excludes(quick);
  verb.add_option("--time", into.time, "Time for the whole run: 10, 500ms, 2min")
      ->type_name("TIME");
  verb.add_option("--target-precision", into.precision,
                  "A scenario is done when half of its 95% interval is this narrow: 1%")
      ->type_name("PCT");
  verb.add_flag("--instructions", into.instructions,
                "Count instructions too, under valgrind (slow)");
  verb.add_option("--timeout", into.timeout,
                  "Give up a scenario that does not answer for this long (10)")
      ->type_name("TIME");
  verb.add_option("--seed", into.seed, "Of the order of the scenarios, to repeat it")
      ->type_name("NUMBER");
  verb.add_flag("--resume", into.resume, "Go on with the run that was interrupted last");
  verb.add_option("--dir", into.dir, "Folder of the state (NEVAPERF_DIR; .nevaperf)")
      ->type_name("DIR");
}

std::vector<std::string> bench_words(const bench_options& options, std::uint64_t seed) {
  std::vector<std::string> words = {verb_name};
  for (const std::string& file : options.programs) words.insert(words.end(), {"--program", file});
  for (const std::string& command : options.targets) {
    words.insert(words.end(), {"--target", command});
  }
  if (options.quick) words.emplace_back("--quick");
  if (options.thorough) words.emplace_back("--thorough");
  if (options.instructions) words.emplace_back("--instructions");
  for (const named_value& one : run_values) {
    const std::string& value = options.*one.value;
    if (!value.empty()) words.insert(words.end(), {one.option, value});
  }
  words.insert(words.end(), {"--seed", std::to_string(seed)});
  if (!options.filters.empty()) words.emplace_back("--");
  words.insert(words.end(), options.filters.begin(), options.filters.end());
  return words;
}

base::result<bench_options> parse_bench_words(std::vector<std::string> words) {
  bench_options options;
  CLI::App verb;
  add_bench_options(verb, options);
  if (words.empty() || words.front() != verb_name) {
    return base::error{.what = "these are not the words of a bench run", .where = "", .next = ""};
  }
  words.erase(words.begin());
  std::reverse(words.begin(), words.end());  // as CLI11 wants them
  try {
    verb.parse(words);
  } catch (const CLI::ParseError& e) {
    return base::error{.what = e.what(), .where = "", .next = ""};
  }
  return options;
}

}  // namespace nevaperf::cli
