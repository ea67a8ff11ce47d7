// Neva programs as scenarios.
#include <benchmark/benchmark.h>

#include "playbook/programs/embedded.hpp"
#include "playbook/scenarios/families.hpp"
#include "runtime/program/program.hpp"

namespace nevaperf::playbook {

namespace {

using runtime::outcome;

// Why a run counts as failed; empty if it does not. A program may end itself with any status.
std::string fault_of(const outcome& how) {
  switch (how.how) {
    case outcome::kind::stopped:
    case outcome::kind::exited:
      return {};
    case outcome::kind::panicked:
      return "the program panicked: " + how.text;
    case outcome::kind::failed:
      return how.failure.line();
    case outcome::kind::deadlocked:
      return "the program is deadlocked (nevaperf run shows where)";
    case outcome::kind::cancelled:
      return "the program was cancelled";
  }
  return "the program ended in an unknown way";
}

void run_program(benchmark::State& state, const std::string& ir_json) {
  const auto loaded = runtime::program::load(ir_json);
  if (!loaded) return state.SkipWithError(loaded.error().line().c_str());
  for (auto unused : state) {
    static_cast<void>(unused);
    runtime::environment world = runtime::environment::silent();
    const std::string fault = fault_of(loaded->run(world));
    if (!fault.empty()) return state.SkipWithError(fault.c_str());
  }
}

}  // namespace

base::result<measure::scenario> program_scenario(std::string name, std::string ir_json) {
  if (auto loaded = runtime::program::load(ir_json); !loaded) return loaded.error();
  return measure::scenario{
      .name = std::move(name),
      .tags = {"program"},
      .description = "a Neva program, from start to stop",
      .run = [text = std::move(ir_json)](benchmark::State& state) { run_program(state, text); }};
}

std::vector<measure::scenario> program_scenarios() {
  std::vector<measure::scenario> out;
  for (const embedded_program& one : embedded_programs()) {
    out.push_back({.name = "program/" + std::string(one.name),
                   .tags = {"program"},
                   .description = std::string(one.description),
                   .run = [text = one.ir_json](benchmark::State& state) {
                     run_program(state, std::string(text));
                   }});
  }
  return out;
}

}  // namespace nevaperf::playbook
