#include "core/measure/side_passes.hpp"

#include <unistd.h>

#include <utility>

#include "core/measure/instruction_counter.hpp"
#include "core/units/quantity.hpp"

namespace nevaperf::measure {

namespace {

// Callgrind runs a program 20 to 100 times slower.
constexpr std::int64_t callgrind_slowdown = 20;

void miss(model::process_result& into, std::string code, std::string text, std::string next) {
  into.warnings.push_back(
      {.code = std::move(code), .text = std::move(text), .next = std::move(next)});
}

void miss_instructions(model::process_result& into, const std::string& why) {
  miss(into, no_instructions, "instructions are not counted: " + why,
       "run it without --instructions");
}

// valgrind would take /proc/self for itself.
std::vector<std::string> visible_to_others(std::vector<std::string> command) {
  if (command.front() == "/proc/self/exe") {
    command.front() = "/proc/" + std::to_string(::getpid()) + "/exe";
  }
  return command;
}

using instruction_result = worker_result<worker_link::instruction_answer>;

instruction_result instructions_of(worker_world& world, const base::process_options& process,
                                   const std::string& scenario, std::uint64_t iterations) {
  auto started = worker_link::start(world, process, scenario);
  if (auto* failure = std::get_if<worker_failure>(&started)) return *failure;
  auto& worker = std::get<worker_link>(started);
  if (!worker.answers(request::kind::instructions)) {
    return worker_link::instruction_answer(
        no_counts{"its worker cannot do it (an older build, or other processes do the work)"});
  }
  // What is made once in a process is not to be counted.
  auto warm_up = worker.run(iterations);
  if (auto* failure = std::get_if<worker_failure>(&warm_up)) return *failure;
  auto counted = worker.instructions(iterations);
  if (std::holds_alternative<worker_failure>(counted)) return counted;
  auto ended = worker.finish();
  if (auto* failure = std::get_if<worker_failure>(&ended)) return *failure;
  return counted;
}

}  // namespace

pass_failure count_allocations(worker_link& worker, std::uint64_t iterations,
                               model::process_result& into) {
  auto counted = worker.count(iterations);
  if (auto* failure = std::get_if<worker_failure>(&counted)) return *failure;
  const auto& said = std::get<worker_link::count_answer>(counted);
  if (const auto* counts = std::get_if<allocation_counts>(&said)) {
    const auto operations = static_cast<double>(counts->operations);
    into.values[units::allocs_per_op] = {counts->allocations / operations};
    into.values[units::bytes_per_op] = {counts->bytes / operations};
  }
  return std::nullopt;
}

pass_failure look_at_usage(worker_link& worker, std::uint64_t iterations,
                           model::process_result& into) {
  if (!worker.answers(request::kind::usage)) {
    miss(into, "no-usage", "its worker is of an older build: no peak memory, no context switches",
         "measure with a build of today");
    return std::nullopt;
  }
  auto used = worker.usage(iterations);
  if (auto* failure = std::get_if<worker_failure>(&used)) return *failure;
  const auto& said = std::get<worker_link::usage_answer>(used);
  if (const auto* usage = std::get_if<system_usage>(&said)) {
    const auto operations = static_cast<double>(usage->operations);
    into.values[units::switches_per_op] = {
        (usage->voluntary_switches + usage->involuntary_switches) / operations};
    if (usage->peak_memory_bytes) into.values[units::peak_memory] = {*usage->peak_memory_bytes};
  }
  return std::nullopt;
}

pass_failure count_instructions(worker_world& world, const subject& what, const std::string& folder,
                                std::uint64_t iterations, model::process_result& into) {
  worker_world patient = world;
  patient.answer_timeout_ns *= callgrind_slowdown;
  const instruction_setup setup = under_callgrind(folder + "/callgrind.out");
  base::process_options process;
  process.argv = setup.words;
  for (std::string& word : visible_to_others(what.command)) {
    process.argv.push_back(std::move(word));
  }
  process.environment = setup.environment;
  std::vector<double> counts;
  constexpr int times = 2;  // what varies between them is no exact count
  for (int i = 0; i < times; ++i) {
    auto counted = instructions_of(patient, process, what.name, iterations);
    if (const auto* failure = std::get_if<worker_failure>(&counted)) {
      if (failure->interrupted) return *failure;
      miss_instructions(into, failure->why);
      return std::nullopt;
    }
    const auto& said = std::get<worker_link::instruction_answer>(counted);
    const auto* count = std::get_if<instruction_count>(&said);
    if (count == nullptr) {
      miss_instructions(into, std::get<no_counts>(said).why);
      return std::nullopt;
    }
    counts.push_back(count->instructions / static_cast<double>(count->operations));
  }
  into.values[units::instructions_per_op] = std::move(counts);
  return std::nullopt;
}

}  // namespace nevaperf::measure
