// A worker process that follows the protocol on a manual clock, and can be told to misbehave.
//
// Thread safety: owner only.
#pragma once

#include <map>
#include <string>

#include "core/measure/protocol.hpp"
#include "tests/support/fake_process.hpp"

namespace nevaperf::tests {

struct worker_behaviour {
  double seconds_per_op = 1e-6;
  // Processes before this one behave (the first one probes); later ones do for so many runs.
  int first_bad_process = 0;
  int good_runs = 0;
  enum class trouble { none, crash, hang, fail, torn_line, wrong_answer } misbehave = trouble::none;
  std::vector<std::string> more = {};  // requests that it knows beside the two that all know
  double jitter = 0;  // each process is faster or slower than the one before by this share
};

// A launcher of such workers; argv[1] is the scenario.
inline fake_launcher make_fake_workers(manual_clock& clock,
                                       std::map<std::string, worker_behaviour>& behaviours,
                                       std::map<std::string, int>& started) {
  return fake_launcher(
      clock, [&](const base::process_options& options) -> base::result<child_script> {
        // Under callgrind the worker's own words come last.
        const std::string name = options.argv.back();
        worker_behaviour how = behaviours[name];
        const int number = started[name]++;
        if (number < how.first_bad_process) how.misbehave = worker_behaviour::trouble::none;
        const double op = how.seconds_per_op * (1 + (number % 2 == 0 ? how.jitter : -how.jitter));
        child_script script;
        std::string hello =
            measure::write_greeting({.tool = "test", .pid = 1, .scenario = name, .more = how.more});
        hello.pop_back();
        script.lines = {hello};
        script.answer = [&clock, how, op,
                         runs = 0](std::string_view written) mutable -> std::vector<std::string> {
          const auto wanted = measure::read_request(written);
          if (!wanted) return {"{\"error\":\"not a request\"}"};
          const auto n = static_cast<double>(wanted->iterations);
          using trouble = worker_behaviour::trouble;
          std::string line;
          if (wanted->what == measure::request::kind::count) {
            line = measure::write_answer(measure::allocation_counts{
                .operations = wanted->iterations, .allocations = 2 * n, .bytes = 64 * n});
          } else if (wanted->what == measure::request::kind::usage) {
            line = measure::write_answer(measure::system_usage{.operations = wanted->iterations,
                                                               .voluntary_switches = 3 * n,
                                                               .involuntary_switches = n,
                                                               .peak_memory_bytes = 1e6});
          } else if (wanted->what == measure::request::kind::instructions) {
            line = measure::write_answer(measure::instruction_count{
                .operations = wanted->iterations, .instructions = 200 * n});
          } else if (runs++ >= how.good_runs && how.misbehave != trouble::none) {
            switch (how.misbehave) {
              case trouble::fail:
                line = measure::write_answer(measure::scenario_failure{"out of luck"});
                break;
              case trouble::torn_line:
                return {"{\"slice\":{\"iterations\":12"};
              case trouble::wrong_answer:
                line = measure::write_answer(measure::no_counts{"what?"});
                break;
              default:
                return {};  // the script's exit or silence follows
            }
          } else {
            clock.advance_ns(static_cast<std::int64_t>(n * op * 1e9));
            line = measure::write_answer(measure::slice{.iterations = wanted->iterations,
                                                        .real_seconds = n * op,
                                                        .cpu_seconds = n * op,
                                                        .items = n});
          }
          line.pop_back();
          return {line};
        };
        if (how.misbehave == worker_behaviour::trouble::hang) script.hangs = true;
        if (how.misbehave == worker_behaviour::trouble::crash) {
          script.exit.signal = 11;
          script.errors = "some line\nlast words\n";
        }
        return script;
      });
}

}  // namespace nevaperf::tests
